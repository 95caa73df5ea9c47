import { once } from 'node:events'
import { createServer, get as send, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { createFront } from './front.ts'
import { startSiteFront } from './siteFront.testing.ts'

let site: Server
let front: Server
let url: string
let seen: { url: string; userAgent: string; referer: string | undefined; cookie: string | undefined }[] = []

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
    const { referer, cookie, 'user-agent': userAgent = '' } = req.headers
    seen.push({ url: req.url ?? '', userAgent, referer, cookie })
    if (req.url === '/data.json')
      return void res.setHeader('content-type', 'application/json').end('{"head":"<head>"}')
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.statusCode = req.url === '/missing' ? 404 : 200
    if (req.url === '/in-pieces') res.write('<!doctype html>')
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

  it('a page that comes in pieces is whole in the frame', async () => {
    const { body } = await get('/in-pieces', { 'sec-fetch-dest': 'iframe' })
    expect(body).toContain('bridge.js')
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
  it.each([
    ['device', '{"os":"symbian"}', 'ios'],
    ['device', '{"version":"new"}', 'a version such as 8.0.60'],
    ['device', '{"colour":"red"}', 'colour'],
    ['person', '{"person":"nobody"}', 'Nobody is called "nobody"'],
    ['account', '{"jsDomains":["http://a.b"]}', 'without http://'],
    ['account', '{"jsDomains":["a","b","c","d","e","f"]}', 'five domains at most'],
    ['server', '{"token":"a-b"}', 'token is 3 to 32 letters and digits'],
    ['switch', '{"name":"nonsense","value":true}', 'no switch "nonsense"'],
    ['switch', '{"name":"latency","value":"slow"}', 'latency is a number'],
    ['quirk', '{"name":"constructor","value":"x"}', '"constructor"'],
    ['quirk', '{"name":"iosJudgesBy","value":"guess"}', '"guess"'],
    ['clock', '{"seconds":-1}', 'forward only'],
    ['fault', '{"path":"/etc/passwd","fault":{"errcode":-1}}', 'a path such as'],
    ['fault', '{"path":"/cgi-bin/token","fault":{"kind":"explode"}}', 'fault'],
    ['credentials', '{"event":"lost"}', 'event'],
    ['act', '{"kind":"dance"}', 'kind'],
    ['act', '{"kind":"menu","button":9}', 'no such button'],
    ['act', '{"kind":"picture","name":"../etc"}', 'no picture'],
    ['act', '{"kind":"text","content":" "}', 'content'],
    ['state', '{"os":"ios"}', ''],
    ['device', '{', 'JSON'],
    ['device', '[]', 'object'],
  ])('to the phone: %s %s', async (path, body, words) => {
    const response = await post(`/phone/${path}`, body)
    expect(response.status).toBe(path === 'state' ? 404 : 400)
    expect((await response.json()).error).toContain(words)
  })
  it('to the bridge: more than it takes, told in JSON', async () => {
    const large = {
      type: 'invoke',
      document: 'd',
      url: 'http://a/',
      name: 'x',
      params: { a: 'x'.repeat(300_000) },
    }
    expect(await (await post('/native', JSON.stringify(large))).json()).toHaveProperty('reply')
    const response = await post('/native', 'x'.repeat(2_000_000))
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({ error: expect.stringContaining('large') })
  })
  it('to the phone: more than it takes', async () => {
    const response = await post('/phone/device', JSON.stringify({ os: 'x'.repeat(100_000) }))
    expect(response.status).toBe(413)
  })
  it.each(['/nothing', '/phone/front.js', '/phone/..%2Ffront.js', '/phone/words.ts', '/pictures/nobody.png'])(
    '%s is not there',
    async (path) => {
      expect((await get(`/__wechat${path}`)).status).toBe(404)
    },
  )
})

it('a thousand calls at once are all answered', { timeout: 60_000 }, async () => {
  const call = (at: number) => {
    const message = { type: 'invoke', document: `d${at}`, url: 'http://localhost:5173/', params: {} }
    const body = JSON.stringify({ ...message, name: at % 2 ? 'scanQRCode' : 'getNetworkType' })
    return fetch(`${url}/__wechat/native`, { method: 'POST', body }).then((answer) => answer.json())
  }
  const outcomes = await Promise.all(Array.from({ length: 1000 }, (_, at) => call(at)))
  const texts = new Set(outcomes.map(({ reply }) => reply.err_msg))
  expect(texts).toEqual(
    new Set(['network_type:wifi', 'scanQRCode:fail, the permission value is offline verifying']),
  )
})

describe('the phone', () => {
  const change = async (path: string, wanted: object) => {
    const init = { method: 'POST', body: JSON.stringify(wanted) }
    const response = await fetch(`${url}/__wechat/phone/${path}`, init)
    return { response, state: await response.json() }
  }

  it('is switched, and tells how it stands', async () => {
    const { state } = await change('device', { os: 'android', networkType: '4g', fontScale: 1.3 })
    expect(state).toMatchObject({
      device: { os: 'android', networkType: '4g', version: '8.0.60' },
      look: { fontScale: 1.3, theme: 'auto' },
      person: 'xiaoqing',
    })
    expect((await get('/__wechat/bridge.js')).body).toContain('Android')
    expect((await change('device', { os: 'ios' })).state.device.os).toBe('ios')
    expect(JSON.stringify(state)).not.toContain('00112233445566778899aabbccddeeff')
  })

  it('a tab that names itself is a phone of its own, which starts as the main one stands', async () => {
    await change('device', { os: 'android' })
    const { state } = await change('device?phone=tab1', { networkType: '2g' })
    expect(state.device).toMatchObject({ os: 'android', networkType: '2g' })
    await change('device?phone=tab1', { os: 'harmony' })
    expect((await change('device', { os: 'ios' })).state.device).toMatchObject({
      os: 'ios',
      networkType: 'wifi',
    })
    expect((await get('/__wechat/bridge.js?phone=tab1')).body).toContain('"os":"harmony"')
    expect((await get('/__wechat/bridge.js', { cookie: 'a=1; wechat_phone=tab1' })).body).toContain(
      '"os":"harmony"',
    )
    expect((await get('/__wechat/bridge.js')).body).toContain('"os":"ios"')
  })

  it('a page that the phone opens is asked for as by that phone, and the site sees nothing of phones', async () => {
    await change('device?phone=tab2', { os: 'android' })
    seen = []
    const asked = { 'sec-fetch-dest': 'iframe', cookie: 'a=1; wechat_phone=tab3' }
    const { body } = await get('/', { ...asked, referer: `${url}/__wechat/phone/launcher?phone=tab2` })
    expect(body).toContain('src="/__wechat/bridge.js?phone=tab2"')
    expect(seen).toEqual([
      { url: '/', userAgent: expect.stringContaining('Android'), referer: undefined, cookie: 'a=1' },
    ])
  })

  it('of many tabs the ones that are used stay', async () => {
    await change('device?phone=used', { os: 'android' })
    for (let at = 0; at < 100; at++) {
      await get(`/__wechat/bridge.js?phone=t${at}`)
      await get('/__wechat/bridge.js?phone=used')
    }
    expect((await get('/__wechat/bridge.js?phone=used')).body).toContain('"os":"android"')
  })

  it('changes hands', async () => {
    const { response, state } = await change('person', { person: 'lin' })
    expect(state.person).toBe('lin')
    expect(response.headers.get('set-cookie')).toMatch(/wechat_person=lin; Path=\/__wechat/)
  })

  it("changes the account's settings, switches, quirks and clock", async () => {
    expect((await change('account', { jsDomains: ['a.example:8080'] })).state.account.jsDomains).toEqual([
      'a.example:8080',
    ])
    const { switches } = (await change('switch', { name: 'latency', value: 0 })).state
    expect(switches.length).toBeGreaterThan(5)
    const { quirks } = (await change('quirk', { name: 'iosJudgesBy', value: 'current' })).state
    expect(quirks[0]).toMatchObject({ name: 'iosJudgesBy', value: 'current', options: ['entry', 'current'] })
    expect((await change('clock', { seconds: 3600 })).state.clock.ahead).toBe(3600)
  })

  it('lets a path fail so often, and credentials end', async () => {
    const fault = { path: '/cgi-bin/token', fault: { errcode: 45009 }, times: 2 }
    const { state } = await change('fault', fault)
    expect(state.faults).toEqual([{ path: '/cgi-bin/token', fault: { errcode: 45009 }, left: 2 }])
    expect((await get('/__wechat/cgi-bin/token')).body).toContain('45009')
    expect((await change('faults/clear', {})).state.faults).toEqual([])
    const platform = createPlatform({ siteOrigin: 'http://localhost:5173' })
    const ticket = platform.tokens.issueTicket('jsapi').ticket
    const other = createFront({ platform, siteUrl: 'http://127.0.0.1:9' })
    const address = await listen(other)
    const init = { method: 'POST', body: '{"event":"ticket ended"}' }
    expect((await fetch(`${address}/__wechat/phone/credentials`, init)).status).toBe(200)
    expect(platform.tokens.validTickets('jsapi')).not.toContain(ticket)
    other.closeAllConnections()
    other.close()
  })

  it('tells what happens as it happens, and forgets it when asked to', async () => {
    const ended = new AbortController()
    const stream = await fetch(`${url}/__wechat/phone/events`, { signal: ended.signal })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const body = '{"type":"invoke","document":"d","url":"http://localhost/","name":"nonsense","params":{}}'
    await fetch(`${url}/__wechat/native`, { method: 'POST', body })
    let told = ''
    while (!told.includes('event: activity')) told += (await reader?.read())?.value ?? ''
    ended.abort()
    expect(told).toContain('system:function_not_exist')
    expect((await get('/__wechat/phone/activity')).body).toContain('nonsense')
    await change('activity/clear', {})
    expect((await get('/__wechat/phone/activity')).body).toBe('[]')
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
