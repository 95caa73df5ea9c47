// The examples of wechat-web's README, as they stand there, on pages without a bundler and without the starter.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPlatform, sdkScript } from 'wechat-sandbox'
import { openWechat } from 'wechat-sandbox/testing'
import type { PlainSite } from './plainSite.ts'
import { expect, test } from './plainWorld.ts'

const PACKAGE = join(import.meta.dirname, '../packages/wechat-web')
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8')
const CARD = { title: 'Tea in autumn', desc: 'What to drink' }

/** The first example in that language. */
function example(language: string): string {
  const found = README.split(`\n\`\`\`${language}\n`)[1]?.split('\n```\n')[0]
  if (!found) throw new Error(`the README has no example in ${language}`)
  return found
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tea</title></head>
<body><h1>Tea</h1><button id="scan">Scan</button>${body}</body></html>`

const WITH_ONE_SCRIPT = page(example('html'))
const WITH_MODULES = page(`
<script id="wechat" type="application/json">{ "jssdkUrls": ["/jweixin.js"] }</script>
<script type="importmap">{ "imports": { "wechat-web": "/wechat-web/index.js" } }</script>
<script type="module">${example('ts')}</script>`)

/** The built package lies at `/wechat-web`, and the script of its README where the README says. */
function serve(site: PlainSite, html: string): void {
  site.files.set('/tea', html)
  const dist = join(PACKAGE, 'dist')
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.js')) site.files.set(`/wechat-web/${name}`, readFileSync(join(dist, name), 'utf8'))
  site.files.set('/wechat-web.js', site.files.get('/wechat-web/wechat-web.js') ?? '')
}

for (const os of ['ios', 'android'] as const) {
  for (const [how, html] of [
    ['one script element', WITH_ONE_SCRIPT],
    ['modules', WITH_MODULES],
  ] as const) {
    test(`${os}, ${how}: the page shares its card, and scans`, async ({ chrome, site }) => {
      serve(site, html)
      site.platform = createPlatform({ siteOrigin: site.url })
      const wechat = await openWechat({ browser: chrome, platform: site.platform, os })
      await wechat.context.route('https://open.weixin.qq.com/**', (route) => route.abort()) // the script's reports
      await wechat.context.route('https://res.wx.qq.com/open/js/*', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: sdkScript() }),
      )
      await wechat.page.goto(`${site.url}/tea?from=singlemessage`)
      const link = `${site.url}/tea`
      const card = { ...CARD, link, imgUrl: `${site.url}/covers/tea.jpg`, source: 'update' }
      await expect.poll(() => wechat.share('appmessage')).toMatchObject(card)
      expect(await wechat.share('timeline')).toMatchObject({ title: CARD.title, link })
      await wechat.page.getByRole('button', { name: 'Scan' }).click()
      const scans = () => wechat.calls.filter(({ name }) => name === 'scanQRCode').map(({ reply }) => reply)
      await expect.poll(scans).toEqual([expect.objectContaining({ resultStr: expect.any(String) })])
      await wechat.close()
    })
  }
}

test('outside of WeChat the script loads nothing and says so', async ({ chrome, site }) => {
  serve(site, WITH_ONE_SCRIPT)
  const context = await chrome.newContext()
  const asked: string[] = []
  const said: string[] = []
  const visitor = await context.newPage()
  visitor.on('request', (request) => asked.push(new URL(request.url()).pathname))
  visitor.on('console', (message) => said.push(message.text()))
  await visitor.goto(`${site.url}/tea`)
  await expect.poll(() => said.filter((text) => text.startsWith('outside '))).toHaveLength(1)
  expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/tea', '/wechat-web.js'])
  await context.close()
})
