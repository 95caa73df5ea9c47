// However the server was started, a signal to what started it ends it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'wechat-core/testing'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildRelease } from '../release/release.ts'
import { copyProject } from '../testing/runningDev.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'launcher-')))
const STAND_IN = join(root, 'standIn.mjs')
let platform: RunningPlatform

beforeAll(async () => {
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
  copyProject(root)
  const web = join(root, 'apps/web/dist')
  mkdirSync(web)
  writeFileSync(join(web, 'index.html'), '<html><head></head></html>')
  await buildRelease({ project: root, web, to: join(root, 'dist') })
  // Like npx: it names itself so, starts a shell, and passes no signal on.
  writeFileSync(
    STAND_IN,
    `import { spawn } from 'node:child_process'
process.title = 'npm exec pnpm'
spawn('sh', ['-c', process.argv[2] + '; true'], { stdio: 'inherit' })
`,
  )
}, 60_000)
afterAll(async () => {
  await platform.close()
  rmSync(root, { recursive: true })
})

const node = process.execPath
const standIn = (script: string) => [process.execPath, STAND_IN, `${node} ${script}`]
// The real one where there is one: `pnpm test` says where it is.
const given = process.env['npm_execpath'] ?? 'pnpm'
const pnpm = spawnSync(given, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('12.')
  ? given
  : undefined
const real = (script: string) => [pnpm ?? '', '--config.verify-deps-before-run=false', 'run', script]
const group = true

const WAYS: [name: string, command: string[], signal: NodeJS.Signals, group?: boolean][] = [
  [
    'start, by something like npx, and SIGTERM',
    standIn('packages/starter-tools/src/dev/start.ts'),
    'SIGTERM',
  ],
  [
    'start, by something like npx, and SIGKILL',
    standIn('packages/starter-tools/src/dev/start.ts'),
    'SIGKILL',
  ],
  [
    'start, by something like npx, and Ctrl-C',
    standIn('packages/starter-tools/src/dev/start.ts'),
    'SIGINT',
    group,
  ],
  ['dev, by something like npx, and SIGKILL', standIn('packages/starter-tools/src/dev/dev.js'), 'SIGKILL'],
  [
    'dev, by something like npx, and Ctrl-C',
    standIn('packages/starter-tools/src/dev/dev.js'),
    'SIGINT',
    group,
  ],
]
if (pnpm)
  WAYS.push(
    ['pnpm start, and SIGTERM', real('start'), 'SIGTERM'],
    ['pnpm start, and Ctrl-C', real('start'), 'SIGINT', group],
    ['pnpm dev, and SIGTERM', real('dev'), 'SIGTERM'],
  )

describe('what was started ends with what started it', () => {
  it.each(WAYS)(
    '%s',
    async (_name, [command = '', ...args], signal, group) => {
      const [port, people] = [await freePort(), await freePort()]
      const launcher = spawn(command, args, {
        cwd: root,
        detached: true, // a group of its own
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          HOME: root,
          PUBLIC_URL: `http://localhost:${people}`,
          PORT: String(port),
          HOST: '127.0.0.1',
          WECHAT_APP_ID: platform.account.appId,
          WECHAT_APP_SECRET: platform.account.appSecret,
          WECHAT_API_URL: platform.url,
          STORE_URL: 'memory:',
          SESSION_SECRET: 'a secret for tests that is long enough',
        },
      })
      onTestFinished(() => endGroup(launcher.pid))
      let output = ''
      launcher.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      await expect.poll(() => output, { timeout: 30_000 }).toContain('server listens on port')
      expect(await isOpen(port)).toBe(true)

      const ended = once(launcher.stdout, 'close') // once nobody is left who could print
      process.kill(group ? -Number(launcher.pid) : Number(launcher.pid), signal)
      await expect.poll(() => isOpen(port), { timeout: 15_000 }).toBe(false)
      await ended
      expect(await isOpen(people)).toBe(false)
      // Asked to end, it ends as it should: everybody is answered, the store closed.
      if (args.join().includes('start'))
        expect(output).toContain('the server ends once everybody is answered')
    },
    60_000,
  )
})

/** Of a test that failed, nothing stays behind. */
function endGroup(leader: number | undefined): void {
  try {
    process.kill(-Number(leader), 'SIGKILL')
  } catch {
    // nobody is left, as it should be
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false))
  })
}
