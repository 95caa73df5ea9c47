// pnpm dev [--port 5173]: server, web app and, without an account, the WeChat sandbox, behind one address.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { EnvError, parseEnv, type Env } from '@app/server/env'
import { root } from '../root.ts'
import { ASK_FOR_NEWS, type ServerNews, type ServerState } from '../vite/serverState.ts'
import { devBanner } from './devBanner.ts'
import { whenLauncherEnds } from './launcher.ts'
import { freePort, isBlocked, isFree, nextPort } from './ports.ts'
import { site } from './site.ts'
import { SANDBOX_PATH } from 'wechat-sandbox'
import { watchedServer } from './watchedServer.ts'

// The sandbox's account, handed to the server in the same variables that a real one has: it can't tell.
const ACCOUNT = { appId: 'wx5a9d0c0ffee12345', appSecret: '00112233445566778899aabbccddeeff' }
// Anew at each start: through a tunnel anybody could post as WeChat if they knew them.
const PUSH = { token: randomBytes(12).toString('hex'), encodingAesKey: `${randomBytes(21).toString('hex')}A` }
// The server and Vite find compiled code where this process does (dev.js).
const COMPILED = { NODE_COMPILE_CACHE: getCompileCacheDir() }
// Opens the phone through a tunnel, where a stranger sees the bare site (packages/wechat-sandbox/src/front/access.ts).
const PHONE_KEY = randomBytes(18).toString('base64url')
const QUIET = '--disable-warning=ExperimentalWarning'
const startedAt = performance.now()
process.chdir(root)
if (existsSync('.env')) process.loadEnvFile('.env')

const peoplePort = portForPeople()
const env = readEnv()
const sandbox = env.wechat.appId === undefined
await checkPorts()
const vitePort = !sandbox ? peoplePort : (await isFree(5174)) ? 5174 : await freePort()
const serverUrl = `http://127.0.0.1:${env.port}`
/** Each ends a process: it has been told when the call returns, and is gone when the promise resolves. */
const stops: (() => Promise<unknown>)[] = []
let stopping = false
let serverState: ServerState = 'starting'

process.once('exit', () => stops.forEach((end) => void end()))
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))
whenLauncherEnds(() => stop(0))

// Tokens and sessions are nobody else's on this machine.
mkdirSync('data', { recursive: true })
chmodSync('data', 0o700)

if (sandbox) await startWithSandbox()
else await start({})
console.log(
  devBanner(env, { people: peoplePort, vite: vitePort, phoneKey: PHONE_KEY }, secondsSince(startedAt)),
)

// Server and Vite start at once; the phone, in this process, is there before the server asks it for a ticket.
async function startWithSandbox(): Promise<void> {
  const origin = env.publicUrl + SANDBOX_PATH
  const apiPort = await freePort()
  const ready = start({
    WECHAT_APP_ID: ACCOUNT.appId,
    WECHAT_APP_SECRET: ACCOUNT.appSecret,
    WECHAT_TOKEN: PUSH.token,
    WECHAT_ENCODING_AES_KEY: PUSH.encodingAesKey,
    WECHAT_PUSH_MODE: 'compatible', // whatever is chosen on the phone's panel
    WECHAT_API_URL: `http://127.0.0.1:${apiPort}`, // on a port that no tunnel leads to
    WECHAT_OPEN_URL: origin,
    WECHAT_JSSDK_URLS: `${origin}/open/js/jweixin-1.6.0.js`,
    STORE_URL: process.env['STORE_URL'] || `sqlite:${emptyStore()}`,
  })
  const { createApiServer, createFront, createPlatform, findBrowser } = await import('wechat-sandbox')
  const platform = createPlatform({
    siteOrigin: env.publicUrl,
    publicUrl: origin,
    ...ACCOUNT,
    account: site.account?.name ? { name: site.account.name } : {},
    // Pushes reach the server on this machine, even where PUBLIC_URL is a tunnel that is not open yet.
    push: { ...PUSH, url: `${serverUrl}/api/wechat` },
  })
  platform.menu.create([
    { type: 'view', name: '首页', url: `${env.publicUrl}/` },
    {
      name: '更多',
      sub_button: [
        { type: 'view', name: '我的', url: `${env.publicUrl}/me` },
        { type: 'click', name: '帮助', key: 'HELP' },
      ],
    },
  ])
  const siteUrl = `http://127.0.0.1:${vitePort}`
  const front = createFront({ platform, siteUrl, ready, key: PHONE_KEY, browser: findBrowser(process.env) })
  createApiServer(platform).listen(apiPort, '127.0.0.1')
  front.listen(peoplePort, '127.0.0.1') // loopback only: a tunnel connects from here as well
  await ready
}

// Apart from a real account's tokens and logins. A login outlives a saved file, which restarts the server; the sandbox
// itself starts again each time, and with it what it has handed out.
function emptyStore(): string {
  const path = `data/sandbox-${peoplePort}.db`
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true })
  return path
}

/** Starts server and Vite. Resolves once both answer, or Vite can tell why the server does not. */
async function start(serverEnv: Record<string, string>): Promise<void> {
  const environment = { ...process.env, ...COMPILED, NODE_ENV: 'development' }
  const vite = spawn(process.execPath, [QUIET, 'node_modules/vite/bin/vite.js', ...viteFlags()], {
    cwd: join(root, 'apps/web'),
    env: { ...environment, SERVER_URL: serverUrl, PUBLIC_URL: env.publicUrl },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const tell = () => vite.connected && vite.send({ server: serverState } satisfies ServerNews)
  vite.on('message', (message) => message === ASK_FOR_NEWS && tell())
  const server = watchedServer({
    root,
    args: [QUIET, 'apps/server/src/main.ts', '--vite', `http://127.0.0.1:${vitePort}`],
    env: { ...environment, HOST: process.env['HOST'] || '127.0.0.1', ...serverEnv },
    healthUrl: `${serverUrl}/healthz`,
    onState(state) {
      serverState = state
      tell()
    },
  })
  stops.push(() => server.stop())
  endTogether('web', vite)
  await answers(`http://127.0.0.1:${vitePort}/index.html`)
  while (serverState === 'starting' && !stopping) await sleep(20)
}

function viteFlags(): string[] {
  return ['--port', String(vitePort), '--logLevel', 'warn', '--clearScreen', 'false']
}

function endTogether(name: string, child: ChildProcess): void {
  stops.push(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  child.on('exit', (code) => {
    if (stopping) return
    console.error(`\n${name} has stopped; ending the rest.\n`)
    stop(code || 1)
  })
}

function stop(code: number): void {
  if (stopping) return
  stopping = true
  const ended = stops.map((end) => end())
  setTimeout(() => process.exit(code), 3000)
  void Promise.all(ended).then(() => process.exit(code))
}

async function answers(address: string): Promise<void> {
  for (;;) {
    if (stopping) return
    const response = await fetch(address).catch(() => undefined)
    if (response?.ok) return
    await sleep(50)
  }
}

function readEnv(): Env {
  try {
    return parseEnv(process.env).env
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    refuse(error.message)
  }
}

/** --port, else the port of a PUBLIC_URL of this machine, else 5173: a tunnel's address leads there. */
function portForPeople(): number {
  const { values: flags } = parseArgs({ options: { port: { type: 'string' } } })
  const given = process.env['PUBLIC_URL'] || 'http://localhost'
  const publicUrl = URL.canParse(given) ? new URL(given) : undefined
  const own = publicUrl !== undefined && /^(localhost|127\.0\.0\.1)$/.test(publicUrl.hostname)
  if (flags.port === undefined && own && publicUrl.port) return Number(publicUrl.port)
  const port = Number(flags.port ?? 5173)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    refuse(`--port takes a number from 1 to 65535, not "${flags.port}".`)
  // What is printed, signed and shared names the port where people are.
  if (own && (flags.port !== undefined || !process.env['PUBLIC_URL']))
    process.env['PUBLIC_URL'] = `${publicUrl.protocol}//${publicUrl.hostname}:${port}`
  return port
}

async function checkPorts(): Promise<void> {
  const people = (await isFree(peoplePort))
    ? (await isBlocked(peoplePort)) && `No browser opens port ${peoplePort}: another protocol has it.`
    : `Port ${peoplePort} is in use.`
  if (people) refuse(`${people} Choose another: pnpm dev --port ${await nextPort(peoplePort + 1)}`)
  const own = (await isFree(env.port))
    ? (await isBlocked(env.port)) && `No browser opens port ${env.port}: another protocol has it.`
    : `Port ${env.port}, the server's own, is in use.`
  if (own) refuse(`${own} Choose another: PORT=${await nextPort(env.port + 1)} in .env`)
}

function refuse(reason: string): never {
  console.error(`\n${reason}\n`)
  process.exit(1)
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1)
}
