import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSiteFront, type SiteFront } from './siteFront.testing.ts'

let front: SiteFront
let seen: { url: string; userAgent: string; referer: string | undefined; cookie: string | undefined }[] = []
const get = (path: string, headers?: Record<string, string>) => front.get(path, headers)

beforeAll(async () => {
  front = await startSiteFront((req, res) => {
    const { referer, cookie, 'user-agent': userAgent = '' } = req.headers
    seen.push({ url: req.url ?? '', userAgent, referer, cookie })
    if (req.url === '/data.json')
      return void res.setHeader('content-type', 'application/json').end('{"head":"<head>"}')
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.statusCode = req.url === '/missing' ? 404 : 200
    if (req.url === '/in-pieces') res.write('<!doctype html>')
    res.end('<!doctype html><html><head><title>站点</title></head><body>site</body></html>')
  })
})
afterAll(() => front.close())

describe('who gets what', () => {
  it('a person who navigates gets the phone', async () => {
    const { text } = await get('/articles/a', { 'sec-fetch-dest': 'document' })
    expect(text).toContain('id="webview"')
  })

  it("the phone's frame gets the site's page, the bridge first, and WeChat's user agent", async () => {
    seen = []
    const { text, status } = await get('/missing', { 'sec-fetch-dest': 'iframe' })
    expect(text).toContain('<head><script src="/__wechat/bridge.js"></script><title>站点')
    expect(status).toBe(404)
    expect(seen[0]?.userAgent).toContain('MicroMessenger')
  })

  it('a page that comes in pieces is whole in the frame', async () => {
    const { text } = await get('/in-pieces', { 'sec-fetch-dest': 'iframe' })
    expect(text).toContain('bridge.js')
  })

  it('everything else passes unchanged', async () => {
    expect((await get('/data.json', { 'sec-fetch-dest': 'empty' })).text).toBe('{"head":"<head>"}')
    expect((await get('/')).text).not.toContain('__wechat')
  })

  it('a real WeChat gets the bare site', async () => {
    const { text } = await get('/', { 'sec-fetch-dest': 'document', 'user-agent': 'MicroMessenger/8.0' })
    expect(text).not.toMatch(/webview|__wechat/)
  })
})

it('a thousand calls at once are all answered', { timeout: 60_000 }, async () => {
  const call = (at: number) => {
    const message = { type: 'invoke', document: `d${at}`, url: 'http://localhost:5173/', params: {} }
    const body = JSON.stringify({ ...message, name: at % 2 ? 'scanQRCode' : 'getNetworkType' })
    return fetch(`${front.url}/__wechat/native`, { method: 'POST', body }).then((answer) => answer.json())
  }
  const outcomes = await Promise.all(Array.from({ length: 1000 }, (_, at) => call(at)))
  const texts = new Set(outcomes.map(({ reply }) => reply.err_msg))
  expect(texts).toEqual(
    new Set(['network_type:wifi', 'scanQRCode:fail, the permission value is offline verifying']),
  )
})

it('a page that the phone opens is asked for as by that phone, and the site sees nothing of phones', async () => {
  await fetch(`${front.url}/__wechat/phone/device?phone=tab2`, { method: 'POST', body: '{"os":"android"}' })
  seen = []
  const asked = { 'sec-fetch-dest': 'iframe', cookie: 'a=1; wechat_phone=tab3' }
  const { text } = await get('/', { ...asked, referer: `${front.url}/__wechat/phone/launcher?phone=tab2` })
  expect(text).toContain('src="/__wechat/bridge.js?phone=tab2"')
  expect(seen).toEqual([
    { url: '/', userAgent: expect.stringContaining('Android'), referer: undefined, cookie: 'a=1' },
  ])
})

it("serves Tencent's script so that it sets window.wx", async () => {
  const { text } = await get('/__wechat/open/js/jweixin-1.6.0.js')
  expect(text).toContain('window.wx = window.jWeixin = module.exports')
  expect(text).toContain('preVerifyJSAPI')
})

it('says so when the site does not answer', async () => {
  const lonely = await startSiteFront(() => undefined, { siteUrl: () => 'http://127.0.0.1:9' })
  const response = await lonely.get('/')
  expect(response).toMatchObject({ status: 502, text: expect.stringContaining('does not answer yet') })
  lonely.close()
})

it('a parameter of the site that is called phone names no phone of the sandbox', async () => {
  const small = await startSiteFront((req, res) => void res.end(req.headers['user-agent']))
  try {
    const phone = { cookie: 'wechat_phone=second' }
    await fetch(`${small.url}/__wechat/phone/device?phone=second`, {
      method: 'POST',
      body: '{"os":"android"}',
    })
    expect((await small.get('/api/user?phone=13800138000', phone)).text).toContain('Android')
  } finally {
    small.close()
  }
})
