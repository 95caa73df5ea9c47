// pnpm dev [--port 5173]: server, web app and, without an account, the WeChat sandbox, behind one address.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { renderUnicodeCompact } from 'uqr'
import { EnvError, parseEnv, type Env } from '../apps/server/src/env.ts'

const SANDBOX_PATH = '/__wechat'
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

run(
  'web',
  [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    '--port',
    String(vitePort),
    '--clearScreen',
    'false',
    '--logLevel',
    'warn',
  ],
  'apps/web',
  {
    SERVER_URL: `http://127.0.0.1:${env.port}`,
    PUBLIC_URL: env.publicUrl,
  },
)
if (sandbox) {
  const front = [
    '--port',
    String(peoplePort),
    '--site',
    `http://127.0.0.1:${vitePort}`,
    '--origin',
    env.publicUrl,
  ]
  run('sandbox', ['packages/wechat-sandbox/src/main.ts', ...front])
  await answers(`http://127.0.0.1:${peoplePort}${SANDBOX_PATH}/phone/state`)
}
run(
  'server',
  ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts', '--vite', `http://127.0.0.1:${vitePort}`],
  '.',
  { HOST: process.env['HOST'] || '127.0.0.1', ...(sandbox ? await sandboxEnv() : {}) },
)
await answers(`http://127.0.0.1:${env.port}/healthz`)
await answers(`http://127.0.0.1:${peoplePort}/`)
console.log(banner())

function readEnv(): Env {
  try {
    return parseEnv(process.env).env
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    refuse(error.message)
  }
}

/** The sandbox's account, handed over in the same variables that a real one would have: the server can't tell. */
async function sandboxEnv(): Promise<Record<string, string>> {
  const { createPlatform } = await import('../packages/wechat-sandbox/src/index.ts')
  const { account } = createPlatform({ siteOrigin: env.publicUrl })
  return {
    WECHAT_APP_ID: account.appId,
    WECHAT_APP_SECRET: account.appSecret,
    WECHAT_API_URL: `http://127.0.0.1:${peoplePort}${SANDBOX_PATH}`,
    WECHAT_OPEN_URL: env.publicUrl + SANDBOX_PATH,
    WECHAT_JSSDK_URLS: `${env.publicUrl}${SANDBOX_PATH}/open/js/jweixin-1.6.0.js`,
    // Kept apart from a real account's tokens and logins; a sandbox starts anew each time.
    STORE_URL: process.env['STORE_URL'] || 'memory:',
  }
}

function run(name: string, args: string[], cwd = '.', extra: Record<string, string> = {}): void {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: join(root, cwd),
    env: { ...process.env, ...extra, NODE_ENV: 'development' },
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
  stopping = true
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
  setTimeout(() => process.exit(code), 3000).unref()
}

async function answers(address: string): Promise<void> {
  for (;;) {
    if (stopping) return
    const response = await fetch(address).catch(() => undefined)
    if (response?.ok) return
    await sleep(100)
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
      `WeChat H5 Starter · sandbox, no account needed · ready in ${seconds} s`,
      '',
      row('Open', tunnel ? `${env.publicUrl}  (tunnel to ${local})` : local),
      row('Outside WeChat', `http://localhost:${vitePort}`),
      row(
        'A real account',
        'set PUBLIC_URL, WECHAT_APP_ID and WECHAT_APP_SECRET in .env (README: "On a real phone")',
      ),
    )
  }
  return lines(
    `WeChat H5 Starter · account ${env.wechat.appId} · ready in ${seconds} s`,
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
