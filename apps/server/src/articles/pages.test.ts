// What the HTML of the demo's pages carries, so that their first visit asks for nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../testing/testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const IN_WECHAT = 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60'
const summary = z.strictObject({
  ...{ slug: z.string(), title: z.string(), summary: z.string(), cover: z.string() },
  ...{ publishedAt: z.string(), lang: z.string(), share: z.object({}).optional() },
})
const neighbour = z.strictObject({ slug: z.string(), title: z.string(), lang: z.string() }).optional()
const article = summary.extend({ author: z.string().optional(), previous: neighbour, next: neighbour })
const inlinedSchema = z.strictObject({
  route: z.string().optional(),
  address: z.string().optional(),
  head: z.object({ path: z.string() }).optional(),
  // Without its text: that stands in the page already.
  data: z.union([article, z.array(summary)]).optional(),
  fromShell: z.object({ html: z.string() }).optional(),
  missing: z.string().optional(),
})

async function open(path: string, userAgent = 'Mozilla/5.0') {
  const response = await server.browser()(path, { headers: { 'user-agent': userAgent } })
  const html = await response.text()
  const json = /<script type="application\/json" id="page">(.*?)<\/script>/.exec(html)?.[1]
  return { response, html, inlined: inlinedSchema.parse(JSON.parse(json ?? '')) }
}

describe('the data of the page', () => {
  it('an article; its text stands in the page once, where people read it', async () => {
    const { html, inlined } = await open('/articles/first-share-card?from=timeline')
    expect(inlined).toMatchObject({
      route: 'GET /api/articles/:slug',
      address: '/api/articles/first-share-card',
      head: { path: '/articles/first-share-card' },
      data: { slug: 'first-share-card' },
      fromShell: { html: '.prose' },
    })
    expect(html.split('<h2>启动</h2>')).toHaveLength(2)
    expect(html.indexOf('<h2>启动</h2>')).toBeGreaterThan(html.indexOf('<body>'))
  })

  it('each reader in their language, and caches know why', async () => {
    const ask = (language: string) => server.browser()('/', { headers: { 'accept-language': language } })
    const [english, chinese] = [await ask('en-GB,zh;q=0.5'), await ask('zh-CN')]
    expect(await english.text()).toContain('<h1>Latest articles</h1>')
    expect(await chinese.text()).toContain('<h1>最新文章</h1>')
    expect(english.headers.get('vary')).toContain('Accept-Language')
  })

  it('crawlers are told one address, whatever a chat has added to it', async () => {
    const { html } = await open('/articles/first-share-card?from=timeline')
    expect(html).toContain('<link rel="canonical" href="https://h5.example.com/articles/first-share-card">')
  })

  it('the list without texts', async () => {
    const { inlined } = await open('/')
    expect(inlined).toMatchObject({ address: '/api/articles', data: { length: 3 } })
  })

  it.each([
    ['/articles/nothing-here', '/api/articles/nothing-here'],
    ['/articles/%E6%97%A0', '/api/articles/%E6%97%A0'],
    ['/articles/%E6', '/api/articles/%25E6'],
  ])('%s is known to be missing', async (path, address) => {
    const { response, inlined } = await open(path)
    expect(response.status).toBe(404)
    expect(inlined).toEqual({ address, missing: 'article_not_found' })
  })

  it('nothing for any other page', async () => {
    expect((await open('/me')).inlined).toEqual({})
  })
})

describe('what the browser is told to fetch', () => {
  const preloads = (html: string) => [...html.matchAll(/<link rel="preload" as="(\w+)" href="([^"]+)"/g)]
  const named = (html: string) => preloads(html).map(([, as, href]) => `${as} ${href}`)

  it('in WeChat the script and the cover', async () => {
    expect(named((await open('/articles/first-share-card', IN_WECHAT)).html)).toEqual([
      'image /covers/first-share-card.jpg',
      'script https://res.wx.qq.com/open/js/jweixin-1.6.0.js',
    ])
  })

  it.each([
    'Mozilla/5.0',
    'Mozilla/5.0 (iPhone) wxwork/4.1.9 MicroMessenger/7.0.1 Language/zh', // WeCom
  ])('elsewhere nothing of the JS-SDK, and caches know why: %s', async (userAgent) => {
    const { html, response } = await open('/articles/first-share-card', userAgent)
    expect(named(html)).toEqual(['image /covers/first-share-card.jpg'])
    expect(response.headers.get('vary')).toContain('User-Agent')
  })

  it('on a page without pictures nothing', async () => {
    expect(named((await open('/me')).html)).toEqual([])
  })
})
