// Sites that have nothing to do with this project, each with something that once kept it from working on the phone.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { Page } from '@playwright/test'
import { createFront, createPlatform } from 'wechat-sandbox'
import { expect, test as base } from './plainWorld.ts'

interface Test {
  /** Starts a site and a front before it; gives a tab in which it was opened. */
  open: (site: RequestListener, path?: string) => Promise<Page>
}

const test = base.extend<Test>({
  open: async ({ chrome }, use) => {
    const ends: (() => unknown)[] = []
    await use(async (listener, path = '/') => {
      const portOf = async (server: ReturnType<typeof createServer>) => {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
        ends.push(() => (server.closeAllConnections(), server.close()))
        const address = server.address()
        return typeof address === 'object' && address ? address.port : 0
      }
      const siteUrl = `http://127.0.0.1:${await portOf(createServer(listener))}`
      const platform = createPlatform({ siteOrigin: 'http://localhost:5173' })
      const url = `http://localhost:${await portOf(createFront({ platform, siteUrl }))}`
      const context = await chrome.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 820 } })
      ends.push(() => context.close())
      const page = await context.newPage()
      await page.goto(url + path)
      return page
    })
    for (const end of ends.reverse()) await end()
  },
})

const html =
  (body: string, headers: Record<string, string | string[]> = {}): RequestListener =>
  (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  }

/** Calls the app from the page in the frame; gives its answer. */
const called = (page: Page, name = 'getNetworkType') =>
  page
    .frameLocator('#webview')
    .locator('body')
    .evaluate(
      (_body, api) =>
        new Promise((done) => {
          type Bridge = { invoke: (name: string, params: object, done: (reply: object) => void) => void }
          const bridge = (window as unknown as { WeixinJSBridge?: Bridge }).WeixinJSBridge
          if (bridge) bridge.invoke(api, {}, done)
          else done('no bridge')
        }),
      name,
    )

test('twelve tabs are open at once, and each is a phone of its own', async ({ open }) => {
  test.slow()
  const seen: string[] = []
  const first = await open((req: IncomingMessage, res) => {
    if (req.url === '/') seen.push(req.headers['user-agent'] ?? '')
    res
      .setHeader('content-type', 'text/html')
      .end(`<h1>${/Android|iPhone|OpenHarmony/.exec(req.headers['user-agent'] ?? '')}</h1>`)
  })
  const url = first.url()
  const others = await Promise.all(Array.from({ length: 11 }, () => first.context().newPage()))
  await Promise.all(others.map((page) => page.goto(url)))
  const tabs = [first, ...others]
  for (const page of tabs)
    await expect(page.frameLocator('#webview').getByRole('heading')).toHaveText('iPhone')

  const systems = ['iOS', 'Android', 'HarmonyOS'] as const
  const said = { iOS: 'iPhone', Android: 'Android', HarmonyOS: 'OpenHarmony' }
  await Promise.all(
    tabs.map((page, at) =>
      page
        .getByText(systems[at % 3] ?? 'iOS', { exact: true })
        .first()
        .click(),
    ),
  )
  for (const [at, page] of tabs.entries()) {
    const system = said[systems[at % 3] ?? 'iOS']
    await expect(page.frameLocator('#webview').getByRole('heading')).toHaveText(system)
    const userAgent = await page
      .frameLocator('#webview')
      .locator('body')
      .evaluate(() => navigator.userAgent)
    expect(userAgent).toContain(system)
    expect(await called(page)).toEqual({ err_msg: 'network_type:wifi' })
  }
  // Each hears what happens, its own and nobody else's.
  for (const page of tabs) await expect(page.locator('.entry', { hasText: 'getNetworkType' })).toHaveCount(1)
})

test('a link in a page stays on the phone that it was tapped on', async ({ open }) => {
  const page = await open((req, res) => {
    const system = /Android|iPhone/.exec(req.headers['user-agent'] ?? '')
    res
      .setHeader('content-type', 'text/html')
      .end(`<h1>${req.url} ${system} ${req.headers.referer ?? ''}</h1><a href="/two">two</a>`)
  })
  const heading = (tab: Page) => tab.frameLocator('#webview').getByRole('heading')
  await expect(heading(page)).toHaveText('/ iPhone')
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByText('Android', { exact: true }).first().click()
  await expect(heading(other)).toHaveText('/ Android')
  await page.frameLocator('#webview').getByRole('link').click()
  await expect(heading(page)).toHaveText(/^\/two iPhone http/)
  await other.frameLocator('#webview').getByRole('link').click()
  await expect(heading(other)).toHaveText(/^\/two Android http/)
})

test('a system that is chosen while a page is on its way: the page comes for it', async ({ open }) => {
  const asked: string[] = []
  const held: (() => void)[] = []
  const page = await open((req, res) => {
    const system = /Android|iPhone/.exec(req.headers['user-agent'] ?? '')?.[0] ?? ''
    const answer = () => html(`<h1>${system}</h1>`)(req, res)
    if (req.url !== '/') return answer()
    asked.push(system)
    if (asked.length > 1) answer()
    else held.push(answer)
  })
  await expect.poll(() => asked).toEqual(['iPhone'])
  await page.getByText('Android', { exact: true }).first().click()
  await expect.poll(() => asked).toEqual(['iPhone', 'Android'])
  for (const answer of held) answer()
  await expect(page.frameLocator('#webview').getByRole('heading')).toHaveText('Android')
})

for (const [name, policy] of [
  ['a nonce', "default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'none'"],
  ['a sandbox', 'sandbox allow-scripts'],
  ['nothing at all', "default-src 'none'; frame-ancestors 'none'"],
] as const)
  test(`a policy of ${name} keeps neither page nor bridge out`, async ({ open }) => {
    const page = await open(
      html('<!doctype html><h1>page</h1><script nonce="abc">window.own = 1</script>', {
        'content-security-policy': policy,
        'x-frame-options': 'DENY',
      }),
    )
    await expect(page.frameLocator('#webview').getByRole('heading')).toBeVisible()
    expect(await called(page)).toEqual({ err_msg: 'network_type:wifi' })
  })

test('a policy in a meta element does not keep the bridge from its answers', async ({ open }) => {
  const page = await open(
    html(
      '<meta http-equiv="content-security-policy" content="connect-src \'none\'; script-src \'none\'"><h1>page</h1>',
    ),
  )
  await expect(page.frameLocator('#webview').getByRole('heading')).toBeVisible()
  expect(await called(page)).toEqual({ err_msg: 'network_type:wifi' })
})

test('a page that wants to be on top stays where it is, and loads once', async ({ open }) => {
  let loads = 0
  const page = await open((req, res) => {
    if (req.url === '/') loads += 1
    html('<h1>page</h1><script>if (top !== self) top.location = self.location</script>')(req, res)
  })
  await expect(page.frameLocator('#webview').getByRole('heading')).toBeVisible()
  await page.waitForTimeout(500)
  expect(loads).toBe(1)
  expect(await called(page)).toEqual({ err_msg: 'network_type:wifi' })
})

test('a page that leads the top window elsewhere is led there itself', async ({ open }) => {
  const page = await open((req, res) =>
    html(`<h1>${req.url}</h1><a href="/two" target="_top">two</a>`)(req, res),
  )
  await page.frameLocator('#webview').getByRole('link').click()
  await expect(page.frameLocator('#webview').getByRole('heading')).toHaveText('/two')
  await expect(page).toHaveURL(/\/two$/)
})

for (const kind of ['classic', 'module'] as const)
  test(`a service worker (${kind}) keeps its files and serves no pages`, async ({ open }) => {
    const listener =
      "addEventListener('fetch', (event) => event.respondWith(new Response('<h1>from the worker</h1>', { headers: { 'content-type': 'text/html' } })));" +
      "addEventListener('install', () => skipWaiting()); addEventListener('activate', (event) => event.waitUntil(clients.claim()));"
    const site: RequestListener = (req, res) => {
      if (req.url === '/sw.js')
        return void res
          .setHeader('content-type', 'text/javascript')
          .end(kind === 'classic' ? listener : 'import "./part.js"\n')
      if (req.url === '/part.js') return void res.setHeader('content-type', 'text/javascript').end(listener)
      html(
        `<h1>from the site</h1><script>navigator.serviceWorker.register('/sw.js', { type: '${kind}' })</script>`,
      )(req, res)
    }
    const page = await open(site)
    const web = page.frameLocator('#webview')
    await expect(web.getByRole('heading')).toHaveText('from the site')
    const ofWorker = () => web.locator('body').evaluate(async () => (await fetch('/data')).text())
    await expect.poll(ofWorker).toContain('from the worker')
    await page.reload()
    await expect(web.getByRole('heading')).toHaveText('from the site')
    expect(await called(page)).toEqual({ err_msg: 'network_type:wifi' })
  })

test('a page that calls with more than the app takes gets an answer', async ({ open }) => {
  const page = await open(html('<h1>page</h1>'))
  const reply = await page
    .frameLocator('#webview')
    .locator('body')
    .evaluate(
      () =>
        new Promise((done) => {
          type Bridge = { invoke: (name: string, params: object, done: (reply: object) => void) => void }
          const bridge = (window as unknown as { WeixinJSBridge: Bridge }).WeixinJSBridge
          bridge.invoke('updateTimelineShareData', { imgUrl: 'x'.repeat(2_000_000) }, done)
        }),
    )
  expect(reply).toEqual({ err_msg: expect.stringContaining('updateTimelineShareData:fail,') })
})
