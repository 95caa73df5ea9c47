// What a release is made of, where it runs, and what it refuses.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ENV_NAMES } from '@app/server/env'
import { migrations } from '@app/server/migrations'
import { openDatabase } from 'starter-server/database/database'
import { startPlatform } from 'wechat-sandbox'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { root } from '../root.ts'
import { startBuiltApp } from '../testing/builtApp.ts'
import { onePage } from '../testing/onePage.ts'
import { buildRelease } from './release.ts'

const folder = mkdtempSync(join(tmpdir(), 'release-'))
const [web, dist] = [join(folder, 'web'), join(folder, 'dist')]
// "sandbox" alone is an attribute of <iframe>, which Vue knows; WeixinJSBridge is the app's own, which pages wait for.
const SANDBOX =
  /wechat-sandbox|wechat sandbox|__wechat|__wechatNative|installBridge|xiaoqing|wx5a9d0c0ffee12345/gi
const SITE = 'https://h5.example.com'

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production')
  await build({ root: join(root, 'apps/web'), build: { outDir: web, emptyOutDir: true }, logLevel: 'error' })
  mkdirSync(join(dist, 'data'), { recursive: true })
  writeFileSync(join(dist, '.env'), 'KEPT=1\n')
  await buildRelease({ project: root, web, to: dist })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

it('is one folder, and leaves alone what else lies in it', () => {
  expect(readdirSync(dist).sort()).toEqual(
    ['.env', '.env.example', 'content', 'data', 'package.json', 'server', 'server.js', 'web'].sort(),
  )
  const manifest = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({
    type: 'module',
    engines: { node: '>=22.13' },
    scripts: { start: 'node server.js' },
  })
})

it('has nothing of the sandbox in it', () => {
  const files = filesIn(dist).filter((name) => /\.(js|css|html)$/.test(name))
  expect(files.filter((name) => name.startsWith('server')).length).toBeGreaterThanOrEqual(5)
  expect(files.filter((name) => name.startsWith('web')).length).toBeGreaterThanOrEqual(3)
  for (const name of files) expect(readFileSync(join(dist, name), 'utf8').match(SANDBOX), name).toBeNull()
})

it('loads the driver of a store only when that is chosen', () => {
  const atStart = [...importedBy(join(dist, 'server/main.js'))].join('\n')
  expect(atStart).toContain('main.js')
  expect(atStart).not.toMatch(/redis|mongodb|sqlite/)
  const names = filesIn(join(dist, 'server')).join('\n')
  for (const store of ['redis', 'mongodb', 'sqlite'])
    expect(names).toMatch(new RegExp(`parts/${store}-.*\\.js$`, 'm'))
})

it('takes less than 12 MB', () => {
  const sizes = filesIn(dist)
    .filter((name) => !name.includes('covers'))
    .map((name) => readFileSync(join(dist, name)).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(12e6)
})

it('.env.example explains every variable', () => {
  const text = readFileSync(join(dist, '.env.example'), 'utf8')
  const named = [...text.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual([...ENV_NAMES].sort())
})

describe('where it is copied to', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
  const server = join(elsewhere, 'site/server.js')
  beforeAll(() => cpSync(dist, join(elsewhere, 'site'), { recursive: true }))
  afterAll(() => rmSync(elsewhere, { recursive: true }))

  it('runs, with nothing installed', async () => {
    const platform = await startPlatform({ siteOrigin: SITE })
    onTestFinished(() => platform.close())
    const app = await startBuiltApp({ platform, publicUrl: SITE, storeUrl: 'sqlite:./data/app.db', server })
    onTestFinished(() => app.stop())
    const get = async (path: string) => {
      const response = await fetch(app.url + path)
      return { status: response.status, text: await response.text() }
    }
    const page = await get(onePage())
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('property="og:title"') })
    const [, asset = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page.text) ?? []
    expect((await get(asset)).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
    const command = (name: string) =>
      spawnSync(process.execPath, [server, name], {
        cwd: app.cwd,
        encoding: 'utf8',
        env: { PORT: new URL(app.url).port },
      })
    expect(command('health').status).toBe(0)
    expect(command('backup').stdout).toMatch(/backups[\\/]\S+: app\.db\n/)
    expect(command('bakcup')).toMatchObject({ status: 2, stderr: expect.stringContaining('backup') })
  })

  it('moves what people have left into another database, and says who signed up', async () => {
    const cwd = join(elsewhere, 'moved')
    mkdirSync(cwd)
    const ask = (env: Record<string, string>, ...args: string[]) =>
      spawnSync(process.execPath, [server, ...args], { cwd, encoding: 'utf8', env })
    // What has sign-ups is the project's own: one of its articles, or none of them.
    const none = { status: 1, stdout: '', stderr: expect.stringContaining('no sign-ups') }
    const [, slug] = /have one: ([\w-]+)/.exec(ask({}, 'signups', 'none').stderr) ?? []
    await (await openDatabase(`sqlite:${join(cwd, 'site.db')}`, migrations)).destroy()
    const source = new DatabaseSync(join(cwd, 'site.db'))
    if (slug !== undefined)
      source
        .prepare(
          'insert into signups (slug, person, openid, fields, created_at, updated_at) values (?, ?, ?, ?, ?, ?)',
        )
        .run(slug, 'p', 'oPerson', '{}', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z')
    source.close()

    const copied = ask({}, 'copy-database', 'sqlite:./site.db', 'sqlite:./moved.db')
    expect(copied).toMatchObject({ status: 0, stdout: expect.stringContaining('Set DATABASE_URL') })
    expect(ask({}, 'copy-database', 'sqlite:./gone.db', 'sqlite:./moved.db')).toMatchObject({
      status: 1,
      stderr: '\n./gone.db is not there.\n\n',
    })
    const asked = ask({ DATABASE_URL: 'sqlite:./moved.db' }, 'signups', slug ?? 'none', '--list')
    if (slug === undefined) return expect(asked).toMatchObject(none)
    expect(copied.stdout).toContain('signups: 1 rows')
    expect(asked).toMatchObject({ status: 0, stdout: expect.stringContaining('UTC  oPerson') })
    expect(ask({}, 'signups')).toMatchObject({ stderr: expect.stringContaining('node server.js signups') })
  })

  it('reads .env in the folder that it is started in, and says where an error came from', () => {
    const cwd = join(elsewhere, 'started-here')
    mkdirSync(cwd)
    const settings = { PUBLIC_URL: SITE, WECHAT_APP_ID: 'wx0123456789abcdef', WECHAT_APP_SECRET: 'secret' }
    const lines = Object.entries({
      ...settings,
      SESSION_SECRET: 'a'.repeat(32),
      STORE_URL: 'sqlite:./data/app.db',
      PORT: 0,
    })
    writeFileSync(join(cwd, '.env'), lines.map((line) => line.join('=')).join('\n'))
    // What nothing expects, in any project: the port cannot be listened on, and nobody knows why.
    const planted = `import net from 'node:net'; net.Server.prototype.listen = () => { throw new Error('planted') }`
    const { status, stderr } = spawnSync(process.execPath, [server], {
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(planted)}` },
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/Error: planted\n[^]*site\/apps\/server\/src\/main\.ts:\d+:\d+/)
    expect(filesIn(cwd)).toContain('data/app.db')
  })
})

describe('a start', () => {
  const start = (env: Record<string, string>, ...flags: string[]) =>
    spawnSync(process.execPath, [...flags, join(dist, 'server.js')], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
      env: { PATH: process.env['PATH'], ...env },
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

  it('on a Node.js that is too old is one line', () => {
    const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '22.12.0' } })`
    const { status, stderr } = start({}, '--import', old)
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'This needs Node.js 22.13 or newer; this is 22.12.0.\n',
    })
  })
})

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )

/** Every file that is loaded with this one. */
function importedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) .*?from "(\.[^"]+)";?$/gm,
  ))
    importedBy(join(dirname(file), name), seen)
  return seen
}
