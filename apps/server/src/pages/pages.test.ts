// A page as a person defines it, with everything that follows from its definition.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { escapeHtml } from 'starter-server/escapeHtml'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'
import { definePage } from './definePage.ts'

const TEAS = [
  { id: 'oolong', name: '<Oolong>', text: '<p>Roasted.</p>', cost: 3 },
  { id: 'a/b', name: 'A & B', text: '', cost: 4 },
]
const SOLD = { id: 'sold', left: 3 }
const STOCK = [Object.freeze({ id: 'frozen', left: 3 }), SOLD]
let made = 0
const { pageList } = vi.hoisted(() => (vi.resetModules(), { pageList: {} }))
vi.mock('../pageList.ts', () => pageList)

Object.assign(pageList, {
  tea: definePage({
    path: '/teas/:id',
    answer: z.object({ id: z.string(), name: z.string(), text: z.string() }),
    missing: 'tea_not_found',
    load: ({ id }) => TEAS.find((tea) => tea.id === id),
    head: ({ name, id }) => ({ title: name, image: `/covers/${id}.jpg`, lang: 'en', card: { desc: 'Tea!' } }),
    shell: ({ name, text }) => `<h1>${escapeHtml(name)}</h1><div class="text">${text}</div>`,
    fromShell: { text: '.text' },
    picture: ({ id }) => `/covers/${id}.jpg`,
    sitemap: () => TEAS.map(({ id }) => ({ id })),
  }),
  stock: definePage({
    path: '/stock/:id',
    answer: z.object({ id: z.string(), left: z.number() }),
    load: ({ id }) => STOCK.find((one) => one.id === id),
    head: ({ id }) => ({ title: id }),
    shell: ({ left }) => `<p>${left} left, made ${++made}</p>`,
  }),
  newest: definePage({
    path: '/teas/newest',
    answer: z.object({ id: z.string() }),
    load: () => TEAS[0],
    head: () => ({}),
  }),
})

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterAll(() => void vi.resetModules())
const get = (path: string) => fetch(server.url + path)
const inlinedIn = (html: string): unknown => JSON.parse(/id="page">(.*?)<\/script>/.exec(html)?.[1] ?? '')

describe('what does not change between visits', () => {
  const textOf = async (path: string, language = 'zh-CN') => {
    const response = await fetch(server.url + path, { headers: { 'accept-language': language } })
    return /<p>(.*?)<\/p>/.exec(await response.text())?.[1]
  }

  it('is made once for each reader, with a signature of its own for every visit', async () => {
    made = 0
    expect(await textOf('/stock/frozen')).toBe('3 left, made 1')
    expect(await textOf('/stock/frozen?from=timeline')).toBe('3 left, made 1')
    expect(await textOf('/stock/frozen', 'en-US')).toBe('3 left, made 2')
    expect(await textOf('/stock/frozen', 'en-GB')).toBe('3 left, made 3')
    expect(await textOf('/stock/frozen')).toBe('3 left, made 1')
    const [one, other] = await Promise.all([1, 2].map(async () => (await get('/stock/frozen')).text()))
    const nonces = [one, other].map((html = '') => /"nonceStr":"(\w+)"/.exec(html)?.[1])
    expect(nonces[0]).toMatch(/^\w{8,}$/)
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it('is not kept for other spellings of an address, of which there is no end', async () => {
    await textOf('/stock/frozen')
    made = 0
    expect([await textOf('/stock/froze%6e'), await textOf('/stock/froze%6e')]).toEqual([
      '3 left, made 1',
      '3 left, made 2',
    ])
  })

  it('is not taken for granted of what may change', async () => {
    await textOf('/stock/sold')
    SOLD.left = 2
    expect(await textOf('/stock/sold')).toContain('2 left')
  })
})

describe('the HTML of a first visit', () => {
  it('has title, description, picture and language', async () => {
    const html = await (await get('/teas/oolong?from=timeline')).text()
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('<title>&#60;Oolong&#62;</title>')
    expect(html).toContain('<meta property="og:title" content="&#60;Oolong&#62;">')
    expect(html).toContain('<meta property="og:description" content="Tea!">')
    expect(html).toContain('<meta property="og:image" content="https://h5.example.com/covers/oolong.jpg">')
    expect(html).toContain('<link rel="canonical" href="https://h5.example.com/teas/oolong">')
    expect(html).toContain('<link rel="preload" as="image" href="/covers/oolong.jpg"')
  })

  it('has what people read, and the data once', async () => {
    const html = await (await get('/teas/oolong')).text()
    expect(html.split('<p>Roasted.</p>')).toHaveLength(2)
    expect(inlinedIn(html)).toEqual({
      route: 'GET /api/teas/:id',
      address: '/api/teas/oolong',
      head: {
        path: '/teas/oolong',
        title: '<Oolong>',
        card: { title: '<Oolong>', desc: 'Tea!', imgUrl: '/covers/oolong.jpg' },
      },
      data: { id: 'oolong', name: '<Oolong>' },
      fromShell: { text: '.text' },
    })
  })

  it('is a 404 where nothing is, and the app says so', async () => {
    const response = await get('/teas/none')
    expect(response.status).toBe(404)
    expect(inlinedIn(await response.text())).toEqual({ address: '/api/teas/none', missing: 'tea_not_found' })
  })

  it('is the app alone where no page is defined', async () => {
    const response = await get('/elsewhere')
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(inlinedIn(html)).toEqual({})
    expect(html).toMatch(/<main [^>]*><\/main>/)
    expect(html).toContain('<a class="bar-link" href="/me">')
  })
})

describe('the JSON', () => {
  it('has the fields of the schema and no others', async () => {
    const response = await get('/api/teas/oolong')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.json()).toEqual({ id: 'oolong', name: '<Oolong>', text: '<p>Roasted.</p>' })
  })

  it('has for the app what that has to know beside it, and caches know why', async () => {
    const headers = { accept: 'application/vnd.page+json' }
    const response = await fetch(`${server.url}/api/teas/a%2Fb`, { headers })
    expect(response.headers.get('content-type')).toContain(headers.accept)
    expect(response.headers.get('vary')).toContain('Accept')
    expect(await response.json()).toMatchObject({
      head: { path: '/teas/a%2Fb', title: 'A & B' },
      data: { name: 'A & B' },
    })
  })

  it('is a 404 with the code of the page', async () =>
    expectProblem(await get('/api/teas/none'), 404, 'tea_not_found'))

  it('a word stands before a parameter', async () =>
    expect(await (await get('/api/teas/newest')).json()).toEqual({ id: 'oolong' }))
})

it('the sitemap has every address, and robots.txt names it', async () => {
  const response = await get('/sitemap.xml')
  expect(response.headers.get('content-type')).toContain('application/xml')
  const addresses = [...(await response.text()).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address)
  expect(addresses).toEqual(
    ['/teas/newest', '/teas/oolong', '/teas/a%2Fb'].map((path) => `https://h5.example.com${path}`),
  )
  expect(await (await get('/robots.txt')).text()).toContain('Sitemap: https://h5.example.com/sitemap.xml')
})

it('index.html of the web app has every mark', async () => {
  const { MARKS } = await import('starter-server/template')
  const html = readFileSync(join(import.meta.dirname, '../../../web/index.html'), 'utf8')
  for (const mark of MARKS) expect(html.split(mark)).toHaveLength(2)
})
