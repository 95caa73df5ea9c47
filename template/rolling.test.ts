// A release follows another behind a real nginx, and nobody notices.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlatform } from 'wechat-sandbox'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildRelease, rollReleases } from 'starter-tools/testing'

const root = join(import.meta.dirname, '..')
// ROLLING_REQUESTS=10000 is what the workflow has.
const REQUESTS = Number(process.env['ROLLING_REQUESTS'] ?? 1_000)
const folder = mkdtempSync(join(tmpdir(), 'rolling-'))
const [old, next] = [join(folder, 'old'), join(folder, 'next')]
afterAll(() => rmSync(folder, { recursive: true }))

/** What a build of the web app looks like to the server, with one script. */
function webOf(name: string): string {
  const web = join(folder, `web-${name}`)
  mkdirSync(join(web, 'assets'), { recursive: true })
  const script = `/assets/index-${name}.js`
  writeFileSync(join(web, script), `// ${name}`)
  const head = `<!--page--><script type="module" src="${script}"></script>`
  const body = '<div id="app"><!--shell--></div>'
  writeFileSync(
    join(web, 'index.html'),
    `<!doctype html><html lang="zh-CN"><head>${head}</head><body>${body}</body></html>`,
  )
  return web
}

beforeAll(async () => {
  // The next one is built where the old one is, as on a server. Their servers are the same.
  cpSync(webOf('old'), join(next, 'web'), { recursive: true })
  await buildRelease({ project: root, web: webOf('next'), to: next })
  expect(readdirSync(join(next, 'web/assets')).sort()).toEqual(['index-next.js', 'index-old.js'])
  cpSync(next, old, { recursive: true })
  rmSync(join(old, 'web'), { recursive: true })
  cpSync(webOf('old'), join(old, 'web'), { recursive: true })
}, 120_000)

it(
  'no request fails while both processes are replaced, sessions go on, and every page finds its script',
  async () => {
    const platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
    onTestFinished(() => platform.close())
    const { done, failures, replaced } = await rollReleases({
      platform,
      releases: [join(old, 'server.js'), join(next, 'server.js')],
      storeUrl: `sqlite:${join(folder, 'app.db')}`,
      requests: REQUESTS,
    })
    expect(failures).toEqual([])
    expect(done).toBeGreaterThanOrEqual(REQUESTS)
    expect(replaced).toBeGreaterThanOrEqual(2)
  },
  60_000 + 30 * REQUESTS,
)
