// What every page has from usePage, shown by the demo's.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'

const page = (id: string) => ({
  head: { path: `/articles/${id}`, title: `Title of ${id}`, card: {} },
  data: { slug: id, html: `<p>${id}</p>` },
})
const inlined = {
  route: 'GET /api/articles/:slug',
  address: '/api/articles/first',
  ...page('first'),
  data: { slug: 'first' },
  fromShell: { html: '.prose' },
}
const documentWith = (json: object) => ({
  title: '',
  getElementById: () => ({ textContent: JSON.stringify(json) }),
  querySelector: (selector: string) => (selector === '#app .prose' ? { innerHTML: '<p>first</p>' } : null),
})

let server: Server
const asked: string[] = []
let isDown = false
beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req.url ?? '')
    const id = /^\/api\/articles\/(\w+)$/.exec(req.url ?? '')?.[1] ?? 'none'
    if (isDown) return void res.writeHead(503).end()
    const isThere = id !== 'none'
    res.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' })
    res.end(JSON.stringify(isThere ? page(id) : { code: 'article_not_found' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.stubGlobal('document', documentWith(inlined))
  const { http } = await import('@/http')
  http.defaults.baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
let scope: EffectScope
afterEach(() => {
  scope.stop()
  asked.length = 0
  isDown = false
})
afterAll(() => {
  vi.unstubAllGlobals()
  server.close()
})

async function show(slug: () => string) {
  const { usePage } = await import('@/page/usePage')
  scope = effectScope()
  const shown = scope.run(() => usePage('GET /api/articles/:slug', () => ({ slug: slug() })))
  if (!shown) throw new TypeError('the scope has ended')
  return shown
}

it('the first page is there at once, with the text that people were reading', async () => {
  const { data, missing } = await show(() => 'first')
  expect(data.value).toMatchObject({ slug: 'first', html: '<p>first</p>' })
  expect(missing.value).toBe(false)
  expect(document.title).toBe('Title of first')
  expect(asked).toEqual([])
})

it('a later page is fetched, once', async () => {
  const slug = ref('second')
  const { data } = await show(() => slug.value)
  expect(data.value).toBeUndefined()
  await expect.poll(() => data.value).toMatchObject({ html: '<p>second</p>' })
  expect(document.title).toBe('Title of second')
  slug.value = 'first'
  await nextTick()
  expect(document.title).toBe('Title of first')
  slug.value = 'second'
  await nextTick()
  expect(data.value).toMatchObject({ slug: 'second' })
  expect(asked).toEqual(['/api/articles/second'])
})

it('where nothing is, the page is missing, and not failed', async () => {
  const { data, missing } = await show(() => 'none')
  await expect.poll(() => missing.value).toBe(true)
  expect(data.value).toBeUndefined()
})

it('what failed is tried again', async () => {
  isDown = true
  const { data, error, missing, retry } = await show(() => 'third')
  await expect.poll(() => error.value).toMatchObject({ status: 503 })
  expect(missing.value).toBe(false)
  isDown = false
  retry()
  await expect.poll(() => data.value).toMatchObject({ slug: 'third' })
  expect(error.value).toBeUndefined()
})

it('a first visit to nothing is known without asking', async () => {
  const { readFirstVisit } = await import('@/page/firstVisit')
  const visit = { address: '/api/articles/none', missing: 'article_not_found' }
  expect(readFirstVisit(documentWith(visit))).toEqual(visit)
})

it('a page that the server does not know says nothing', async () => {
  const { readFirstVisit } = await import('@/page/firstVisit')
  expect(readFirstVisit(documentWith({}))).toBeUndefined()
})
