// pnpm dev [--port 5173]: server, web app and, without an account, the WeChat sandbox, behind one address.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { renderUnicodeCompact } from 'uqr'
import { EnvError, parseEnv, type Env } from '../apps/server/src/env.ts'
import site from '../content/site.json' with { type: 'json' }
import { whenLauncherEnds } from './launcher.ts'

const SANDBOX_PATH = '/__wechat'
// The sandbox's account, handed to the server in the same variables that a real one has: it can't tell.
const ACCOUNT = { appId: 'wx5a9d0c0ffee12345', appSecret: '00112233445566778899aabbccddeeff' }
const PUSH = { token: 'sandboxToken', encodingAesKey: 'sandboxEncodingAesKey0123456789ABCDEFGHIJKL' }
// The server and Vite find compiled code where this process does (dev.js).
const COMPILED = { NODE_COMPILE_CACHE: getCompileCacheDir() }
// Opens the phone through a tunnel, where a stranger sees the bare site (packages/wechat-sandbox/src/phone/access.ts).
const PHONE_KEY = randomBytes(18).toString('base64url')
const startedAt = performance.now()
const root = join(import.meta.dirname, '..')
process.chdir(root)
if (existsSync('.env')) process.loadEnvFile('.env')

const env = readEnv()
const sandbox = env.wechat.appId === undefined
const { values: flags } = parseArgs({ options: { port: { type: 'string' } } })
const peoplePort = flags.port ? Number(flags.port) : portForPeople(env.publicUrl)
if (!(await isFree(peoplePort)))
  refuse(`Port ${peoplePort} is in use. End the program that has it, then try again.`)
if (!(await isFree(env.port)))
  refuse(`Port ${env.port} is in use. End the program that has it, or set PORT in .env.`)
const vitePort = !sandbox ? peoplePort : (await isFree(5174)) ? 5174 : await freePort()
const children: ChildProcess[] = []
let stopping = false

process.once('exit', () => children.forEach((child) => child.kill('SIGTERM')))
process.once('SIGINT', () => stop(0))
process.once('SIGTERM', () => stop(0))
whenLauncherEnds(() => stop(0))

if (sandbox) await startWithSandbox()
else await startWithAccount()
console.log(banner())

// Server and Vite start at once; the phone, in this process, is there before the server asks it for a ticket.
async function startWithSandbox(): Promise<void> {
  const origin = env.publicUrl + SANDBOX_PATH
  runServer({
    WECHAT_APP_ID: ACCOUNT.appId,
    WECHAT_APP_SECRET: ACCOUNT.appSecret,
    WECHAT_TOKEN: PUSH.token,
    WECHAT_ENCODING_AES_KEY: PUSH.encodingAesKey,
    WECHAT_PUSH_MODE: 'compatible', // whatever is chosen on the phone's panel
    WECHAT_API_URL: `http://127.0.0.1:${peoplePort}${SANDBOX_PATH}`,
    WECHAT_OPEN_URL: origin,
    WECHAT_JSSDK_URLS: `${origin}/open/js/jweixin-1.6.0.js`,
    STORE_URL: process.env['STORE_URL'] || `sqlite:${emptyStore()}`,
  })
  runVite()
  const { createFront, createPlatform } = await import('../packages/wechat-sandbox/src/index.ts')
  const platform = createPlatform({
    siteOrigin: env.publicUrl,
    publicUrl: origin,
    ...ACCOUNT,
    // Pushes reach the server on this machine, even where PUBLIC_URL is a tunnel that is not open yet.
    push: { ...PUSH, url: `http://127.0.0.1:${env.port}/api/wechat` },
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
  const ready = Promise.all([serverAnswers(), answers(`http://127.0.0.1:${vitePort}/index.html`)])
  const front = createFront({ platform, siteUrl: `http://127.0.0.1:${vitePort}`, ready, key: PHONE_KEY })
  front.listen(peoplePort, '127.0.0.1') // loopback only: a tunnel connects from here as well
  await ready
}

// Apart from a real account's tokens and logins. A login outlives a saved file, which restarts the server; the sandbox
// itself starts anew each time, and with it what it has handed out.
function emptyStore(): string {
  const path = `data/sandbox-${peoplePort}.db`
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true })
  return path
}

async function startWithAccount(): Promise<void> {
  runServer({})
  await serverAnswers() // Vite hands pages to the server, and would complain before it is there
  runVite()
  await answers(`http://127.0.0.1:${peoplePort}/`)
}

function runServer(extra: Record<string, string>): void {
  const watch = ['--watch', '--watch-preserve-output']
  run('server', [...watch, 'apps/server/src/main.ts', '--vite', `http://127.0.0.1:${vitePort}`], '.', {
    HOST: process.env['HOST'] || '127.0.0.1',
    ...extra,
  })
}

function runVite(): void {
  const vite = [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    '--port',
    String(vitePort),
    '--logLevel',
    'warn',
  ]
  run('web', [...vite, '--clearScreen', 'false'], 'apps/web', {
    SERVER_URL: `http://127.0.0.1:${env.port}`,
    PUBLIC_URL: env.publicUrl,
  })
}

function serverAnswers(): Promise<void> {
  return answers(`http://127.0.0.1:${env.port}/healthz`)
}

function readEnv(): Env {
  try {
    return parseEnv(process.env).env
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    refuse(error.message)
  }
}

function run(name: string, args: string[], cwd = '.', extra: Record<string, string> = {}): void {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: join(root, cwd),
    env: { ...process.env, ...COMPILED, ...extra, NODE_ENV: 'development' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.push(child)
  child.on('exit', (code) => {
    if (stopping) return
    console.error(`\n${name} has stopped; ending the rest.\n`)
    stop(code || 1)
  })
}

function stop(code: number): void {
  if (stopping) return
  stopping = true
  const ended = children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined))
  for (const child of children) child.kill('SIGTERM')
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

/** PUBLIC_URL may name another port of this machine; a tunnel's address leads to 5173. */
function portForPeople(publicUrl: string): number {
  const { hostname, port } = new URL(publicUrl)
  return (hostname === 'localhost' || hostname === '127.0.0.1') && port ? Number(port) : 5173
}

function refuse(reason: string): never {
  console.error(`\n${reason}\n`)
  process.exit(1)
}

function isFree(port: number): Promise<boolean> {
  return freePort(port).then(
    () => true,
    () => false,
  )
}

/** The port itself if nobody has it; 0 asks for any. */
function freePort(port = 0): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : port))
    })
  })
}

function banner(): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const local = `http://localhost:${peoplePort}`
  const { host, hostname, protocol } = new URL(env.publicUrl)
  const tunnel = env.publicUrl !== local
  if (sandbox) {
    return lines(
      `${site.name} · sandbox, no account needed · ready in ${seconds} s`,
      '',
      row('Open', tunnel ? `${env.publicUrl}/?wechat_key=${PHONE_KEY}  (tunnel to ${local})` : local),
      row('Outside WeChat', `http://localhost:${vitePort}`),
      row(
        'A real account',
        'set PUBLIC_URL, WECHAT_APP_ID and WECHAT_APP_SECRET in .env (README: "On a real phone")',
      ),
    )
  }
  return lines(
    `${site.name} · account ${env.wechat.appId} · ready in ${seconds} s`,
    '',
    row('Open', env.publicUrl),
    ...(tunnel ? [row('Tunnel', `must lead to ${local}`)] : []),
    '',
    'Enter in the WeChat console:',
    row('JS-safe domain', env.wechat.jsDomains.join(', ')),
    row('OAuth callback domain', host),
    row('Server URL', `${env.publicUrl}/api/wechat`),
    row('Token', env.wechat.token ?? 'choose one, and set it as WECHAT_TOKEN in .env'),
    ...(protocol === 'http:' && hostname === 'localhost'
      ? [
          '',
          'PUBLIC_URL is this machine: a phone can not reach it. Start a tunnel and set PUBLIC_URL to its address.',
        ]
      : [
          '',
          'Scan with WeChat (a link that is tapped in a chat shares without a card):',
          '',
          renderUnicodeCompact(env.publicUrl),
        ]),
  )
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(22)}${value}`
}

function lines(...all: string[]): string {
  return `\n${all.join('\n').replace(/^(?=.)/gm, '  ')}\n`
}
