// The release on the oldest Node.js that it names: what a page, a login and a sign-up need of it is there.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logIn, startBuiltApp } from 'starter-tools/testing'
import { freePort } from 'wechat-core/testing'
import { startPlatform } from 'wechat-sandbox'
import { afterAll, expect, it, onTestFinished } from 'vitest'

const OLDEST = '22.13.0'
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'oldest-'))
afterAll(() => rmSync(folder, { recursive: true }))

it(`a release runs on Node.js ${OLDEST}`, { timeout: 300_000 }, async () => {
  const npx = (cwd: string, ...args: string[]) => spawnSync('npx', ['-y', ...args], { cwd, encoding: 'utf8' })
  const built = npx(root, 'pnpm@12', 'build')
  expect(built.status, built.stdout + built.stderr).toBe(0)
  const print = ['--eval', 'process.stdout.write(process.execPath + " " + process.versions.node)']
  const [node = '', version] = npx(folder, `node@${OLDEST}`, ...print).stdout.split(' ')
  expect(version).toBe(OLDEST)

  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const platform = await startPlatform({ siteOrigin: publicUrl })
  onTestFinished(() => platform.close())
  const [storeUrl, database] = ['app', 'site'].map((name) => `sqlite:${join(folder, `${name}.db`)}`)
  const env = { PORT: String(port), DATABASE_URL: String(database), METRICS_PATH: '/metrics' }
  const app = await startBuiltApp({ platform, publicUrl, storeUrl: String(storeUrl), env, node })
  onTestFinished(() => app.stop())

  const page = await fetch(`${app.url}/articles/first-share-card`)
  expect(await page.text()).toContain('"signature"')
  const headers = {
    cookie: await logIn(app.url, platform),
    origin: publicUrl,
    'content-type': 'application/json',
  }
  const signup = await fetch(`${app.url}/api/articles/autumn-tea-walk/signup`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ fields: { name: 'Li', phone: '13800138000', agree: true } }),
  })
  expect(signup.status).toBe(201)
  expect(await (await fetch(`${app.url}/metrics`)).text()).not.toMatch(
    /^wechat_store_failures_total\{.*\s[1-9]\d*$/m,
  )

  const command = (...args: string[]) =>
    spawnSync(node, [join(root, 'dist/server.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { DATABASE_URL: 'sqlite:./moved.db', STORE_URL: String(storeUrl) },
    })
  expect(command('copy-database', String(database), 'sqlite:./moved.db').stdout).toContain('signups: 1 rows')
  expect(command('signups', 'autumn-tea-walk', '--list').stdout).toContain('13800138000')
  expect(command('backup').stdout).toMatch(/app\.db/)
})
