// What a production build is made of, and what it refuses.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ENV_NAMES } from '@app/server/env'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { root } from '../root.ts'

const dist = mkdtempSync(join(tmpdir(), 'dist-'))
// "sandbox" alone is an attribute of <iframe>, which Vue knows; WeixinJSBridge is the app's own, which pages wait for.
const SANDBOX =
  /wechat-sandbox|wechat sandbox|__wechat|__wechatNative|installBridge|xiaoqing|wx5a9d0c0ffee12345/gi

beforeAll(() => {
  vi.stubEnv('NODE_ENV', 'production')
  return build({
    root: join(root, 'apps/web'),
    build: { outDir: dist, emptyOutDir: true },
    logLevel: 'error',
  })
}, 120_000)
afterAll(() => rmSync(dist, { recursive: true }))

describe('nothing of the sandbox is in production', () => {
  it('not in the built web app', () => {
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(js|css|html)$/.test(name),
    )
    expect(files.length).toBeGreaterThanOrEqual(3)
    for (const name of files) expect(readFileSync(join(dist, name), 'utf8').match(SANDBOX), name).toBeNull()
  })

  it('not in anything that the server loads', () => {
    const files = [...loadedBy(join(root, 'apps/server/src/main.ts'))]
    expect(files.some((name) => name.endsWith('wechat-core/src/credentials.ts'))).toBe(true)
    for (const name of files) {
      expect(name).not.toContain('wechat-sandbox')
      const code = readFileSync(name, 'utf8')
      expect(code.match(SANDBOX), name).toBeNull()
    }
  })

  it('the server does not even depend on it', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'apps/server/package.json'), 'utf8'))
    expect(Object.keys(dependencies)).not.toContain('wechat-sandbox')
  })
})

it('.env.example explains every variable', () => {
  const text = readFileSync(join(root, '.env.example'), 'utf8')
  const named = [...text.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual([...ENV_NAMES].sort())
})

describe('pnpm start', () => {
  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['packages/starter-tools/src/dev/start.ts'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 20_000,
      // Set but empty, so that a developer's .env does not fill them in.
      env: { PATH: process.env['PATH'], ...Object.fromEntries(ENV_NAMES.map((name) => [name, ''])), ...env },
    })

  it('stops with a list of all that is missing', () => {
    const { status, stderr } = start({})
    expect(status).toBe(1)
    for (const name of ['PUBLIC_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'SESSION_SECRET'])
      expect(stderr).toContain(`${name} is missing`)
    expect(stderr).not.toContain('    at ')
  })

  it('cannot be talked into the sandbox', () => {
    const { status } = start({
      NODE_ENV: 'development',
      SANDBOX: '1',
      WECHAT_SANDBOX: '1',
      WECHAT_APP_ID: '',
    })
    expect(status).toBe(1)
  })
})

/** Every file of this repository that an entry loads, by its own imports. */
function loadedBy(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  for (const [, name = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    if (name.startsWith('.')) loadedBy(resolve(dirname(entry), name), seen)
    const own = join(root, 'packages', name, 'src/index.ts')
    if (!name.startsWith('.') && existsSync(own)) loadedBy(own, seen)
  }
  return seen
}
