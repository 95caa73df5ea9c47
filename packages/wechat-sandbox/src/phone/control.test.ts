import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSiteFront, type SiteFront } from '../front/siteFront.testing.ts'

let front: SiteFront
const get = (path: string, headers?: Record<string, string>) => front.get(path, headers)
beforeAll(async () => {
  front = await startSiteFront((_req, res) => void res.end('the site'))
})
afterAll(() => front.close())

describe('wrong requests', () => {
  const post = (path: string, body: string) =>
    fetch(`${front.url}/__wechat${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })

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

describe('the phone', () => {
  const change = async (path: string, wanted: object) => {
    const init = { method: 'POST', body: JSON.stringify(wanted) }
    const response = await fetch(`${front.url}/__wechat/phone/${path}`, init)
    return { response, state: await response.json() }
  }

  it('is switched, and tells how it stands', async () => {
    const { state } = await change('device', { os: 'android', networkType: '4g', fontScale: 1.3 })
    expect(state).toMatchObject({
      device: { os: 'android', networkType: '4g', version: '8.0.60' },
      look: { fontScale: 1.3, theme: 'auto' },
      person: 'xiaoqing',
    })
    expect((await get('/__wechat/bridge.js')).text).toContain('Android')
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
    expect((await get('/__wechat/bridge.js?phone=tab1')).text).toContain('"os":"harmony"')
    expect((await get('/__wechat/bridge.js', { cookie: 'a=1; wechat_phone=tab1' })).text).toContain(
      '"os":"harmony"',
    )
    expect((await get('/__wechat/bridge.js')).text).toContain('"os":"ios"')
  })

  it('of many tabs the ones that are used stay', async () => {
    await change('device?phone=used', { os: 'android' })
    for (let at = 0; at < 100; at++) {
      await get(`/__wechat/bridge.js?phone=t${at}`)
      await get('/__wechat/bridge.js?phone=used')
    }
    expect((await get('/__wechat/bridge.js?phone=used')).text).toContain('"os":"android"')
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
    expect((await get('/__wechat/cgi-bin/token')).text).toContain('45009')
    expect((await change('faults/clear', {})).state.faults).toEqual([])
    const { tokens } = front.platform
    const { ticket } = tokens.issueTicket('jsapi')
    expect((await change('credentials', { event: 'ticket ended' })).response.status).toBe(200)
    expect(tokens.validTickets('jsapi')).not.toContain(ticket)
  })

  it('tells what happens as it happens, and forgets it when asked to', async () => {
    const ended = new AbortController()
    const stream = await fetch(`${front.url}/__wechat/phone/events`, { signal: ended.signal })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const body = '{"type":"invoke","document":"d","url":"http://localhost/","name":"nonsense","params":{}}'
    await fetch(`${front.url}/__wechat/native`, { method: 'POST', body })
    let told = ''
    while (!told.includes('event: activity')) told += (await reader?.read())?.value ?? ''
    ended.abort()
    expect(told).toContain('system:function_not_exist')
    expect((await get('/__wechat/phone/activity')).text).toContain('nonsense')
    await change('activity/clear', {})
    expect((await get('/__wechat/phone/activity')).text).toBe('[]')
  })
})
