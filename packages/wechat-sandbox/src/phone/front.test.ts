import { once } from 'node:events'
import { createServer, get as send, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { createFront } from './front.ts'

let site: Server
let front: Server
let url: string
let seen: { url: string; userAgent: string }[] = []

const listen = async (server: Server) => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
// fetch may not set sec-fetch-dest; node's own client may.
const get = (path: string, headers: Record<string, string> = {}) => fetchRaw(url + path, headers)

beforeAll(async () => {
  site = createServer((req, res) => {
    seen.push({ url: req.url ?? '', userAgent: req.headers['user-agent'] ?? '' })
    if (req.url === '/data.json')
      return void res.setHeader('content-type', 'application/json').end('{"head":"<head>"}')
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.statusCode = req.url === '/missing' ? 404 : 200
    res.end('<!doctype html><html><head><title>站点</title></head><body>site</body></html>')
  })
  const platform = createPlatform({ siteOrigin: 'http://localhost:5173' })
  front = createFront({ platform, siteUrl: await listen(site) })
  url = await listen(front)
})
afterAll(() => {
  for (const server of [front, site]) {
    server.closeAllConnections()
    server.close()
  }
})

describe('who gets what', () => {
  it('a person who navigates gets the phone', async () => {
    const { body } = await get('/articles/a', { 'sec-fetch-dest': 'document' })
    expect(body).toContain('id="webview"')
  })

  it("the phone's frame gets the site's page, the bridge first, and WeChat's user agent", async () => {
    seen = []
    const { body, status } = await get('/missing', { 'sec-fetch-dest': 'iframe' })
    expect(body).toContain('<head><script src="/__wechat/bridge.js"></script><title>站点')
    expect(status).toBe(404)
    expect(seen[0]?.userAgent).toContain('MicroMessenger')
  })

  it('everything else passes unchanged', async () => {
    expect((await get('/data.json', { 'sec-fetch-dest': 'empty' })).body).toBe('{"head":"<head>"}')
    expect((await get('/')).body).not.toContain('__wechat')
  })

  it('a real WeChat gets the bare site', async () => {
    const { body } = await get('/', { 'sec-fetch-dest': 'document', 'user-agent': 'MicroMessenger/8.0' })
    expect(body).not.toMatch(/webview|__wechat/)
  })
})

describe('wrong requests', () => {
  const post = (path: string, body: string) =>
    fetch(`${url}/__wechat${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })

  it.each(['', '{', 'null', '{}', '{"type":"enter"}', '{"type":"nothing","document":"d"}', '[1]'])(
    'to the bridge: %s',
    async (body) => {
      const response = await post('/native', body)
      expect(response.status).toBe(400)
      expect((await response.json()).error).toBeTruthy()
    },
  )
  it('to the phone', async () => {
    expect((await post('/phone/state', '{"os":"symbian"}')).status).toBe(400)
    expect((await post('/phone/state', '{"person":"nobody"}')).status).toBe(400)
  })
  it.each(['/nothing', '/phone/front.js', '/phone/..%2Ffront.js'])('%s is not there', async (path) => {
    expect((await get(`/__wechat${path}`)).status).toBe(404)
  })
})

it("serves Tencent's script so that it sets window.wx", async () => {
  const { body } = await get('/__wechat/open/js/jweixin-1.6.0.js')
  expect(body).toContain('window.wx = window.jWeixin = module.exports')
  expect(body).toContain('preVerifyJSAPI')
})

it('says so when the site does not answer', async () => {
  const platform = createPlatform({ siteOrigin: 'http://localhost:5173' })
  const lonely = createFront({ platform, siteUrl: 'http://127.0.0.1:9' })
  const response = await fetchRaw(`${await listen(lonely)}/`, {})
  expect(response).toMatchObject({ status: 502, body: expect.stringContaining('does not answer yet') })
  lonely.close()
})

function fetchRaw(
  address: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    send(address, { headers, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
    }).on('error', fail)
  })
}
