import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { said, startIntercept, type TestIntercept } from './intercept.testing.ts'
import { WECHAT_HOSTS } from './wechatHosts.ts'

let proxy: TestIntercept
beforeAll(async () => {
  proxy = await startIntercept()
})
afterAll(() => proxy.close())

const get = (path: string, host: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`
const tokenPath = () => {
  const { appId, appSecret } = proxy.platform.account
  return `/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${appSecret}`
}

describe('answers for', () => {
  it.each(WECHAT_HOSTS)('%s, with a certificate of its name', async (host) => {
    const secured = await proxy.secure(await proxy.tunnel(host), host)
    expect(secured.authorized).toBe(true)
    expect(await said(secured, get('/', host))).toMatch(/^HTTP\/1\.1 (404 Not Found|200 OK)/)
  })

  it('the API by CONNECT, by TLS at once, by a whole address, and by CONNECT to port 80', async () => {
    const host = 'api.weixin.qq.com'
    const plain = get(tokenPath(), host)
    const answers = await Promise.all([
      said(await proxy.secure(await proxy.tunnel(host), host), plain),
      said(await proxy.secure(proxy.open(), host), plain),
      said(proxy.open(), get(`http://${host}${tokenPath()}`, host)),
      said(proxy.open(), get(`https://${host}${tokenPath()}`, host)), // as axios does
      said(await proxy.tunnel(host, 80), plain),
    ])
    for (const answer of answers) expect(answer).toContain('"access_token":')
    expect(proxy.platform.requests.get('/cgi-bin/token')).toBe(5)
  })

  it('several requests on one connection', async () => {
    const host = 'api.weixin.qq.com'
    const secured = await proxy.secure(await proxy.tunnel(host), host)
    const kept = `GET ${tokenPath()} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    expect((await said(secured, kept + get(tokenPath(), host))).match(/"access_token"/g)).toHaveLength(2)
  })

  it('a host with what belongs there, and nothing of another [api-hosts]', async () => {
    const at = async (host: string, path: string, more = '') =>
      said(await proxy.secure(proxy.open(), host), get(path, host, more))
    expect(await at('res.wx.qq.com', '/open/js/jweixin-1.6.0.js')).toContain('jWeixin')
    expect(await at('res2.wx.qq.com', '/open/js/jweixin-1.0.0.js')).toContain('jWeixin')
    const { ticket } = proxy.platform.qrCodes.create('7')
    expect(
      await at('mp.weixin.qq.com', `/cgi-bin/showqrcode?ticket=${encodeURIComponent(ticket)}`),
    ).toContain('200 OK')
    const inWechat = 'User-Agent: MicroMessenger\r\n'
    expect(await at('open.weixin.qq.com', '/connect/oauth2/authorize', inWechat)).toContain('10010')
    const siblings = ['api2', 'sh.api', 'sz.api', 'hk.api', 'file.api']
    for (const one of siblings)
      expect(await at(`${one}.weixin.qq.com`, '/cgi-bin/nothing')).toContain('40066')
    for (const [host, path] of [
      ['res.wx.qq.com', tokenPath()],
      ['open.weixin.qq.com', tokenPath()],
      ['mp.weixin.qq.com', tokenPath()],
      ['res.wx.qq.com', '/avatars/lin.svg'],
      ['api.weixin.qq.com', '/connect/oauth2/authorize'],
    ] as const)
      expect(await at(host, path)).toContain('404 Not Found')
  })

  it('the pay host, which refuses in the form of each API [pay-refused]', async () => {
    const host = 'api.mch.weixin.qq.com'
    const ask = async (text: string) => said(await proxy.secure(proxy.open(), host), text)
    expect(await ask(get('/pay/unifiedorder', host))).toContain('<return_code><![CDATA[FAIL]]></return_code>')
    expect(await ask(get('/v3/pay/transactions/jsapi', host))).toMatch(/ 403 .*"code":"NO_AUTH"/s)
  })
})

describe('refuses', () => {
  it.each([
    ['CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', 403, 'nothing else on'],
    ['CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n', 403, 'nothing else on'],
    ['CONNECT api.weixin.qq.com:22 HTTP/1.1\r\nHost: api.weixin.qq.com:22\r\n\r\n', 403, 'ports 443 and 80'],
    ['CONNECT api.weixin.qq.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 421, 'Host header'],
    [get('http://example.com/', 'example.com'), 403, 'nothing else on'],
    [get('http://169.254.169.254/latest/meta-data', '169.254.169.254'), 403, 'nothing else on'],
    [get('http://api.weixin.qq.com/', 'example.com'), 421, 'Host header'],
    [get('http://api.weixin.qq.com/', 'api.weixin.qq.com', 'Host: a\r\n'), 400, 'more than one'],
    // A page whose name was pointed at this machine asks like this (DNS rebinding), and so does a curious person.
    [get('/', 'rebound.example.com'), 403, 'no site'],
    [get('/cgi-bin/token', 'api.weixin.qq.com'), 403, 'no site'],
    ['OPTIONS * HTTP/1.1\r\nHost: api.weixin.qq.com\r\nConnection: close\r\n\r\n', 403, 'no site'],
  ])('%j with %i', async (text, status, reason) => {
    const answer = await said(proxy.open(), text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain(reason)
    expect(answer).not.toContain('access-control')
  })

  it('a handshake for another host than CONNECT named, or for none of WeChat’s', async () => {
    const socket = await proxy.tunnel('api.weixin.qq.com')
    await expect(proxy.secure(socket, 'open.weixin.qq.com')).rejects.toThrow()
    await expect(proxy.secure(proxy.open(), 'example.com')).rejects.toThrow()
  })

  it('a Host header for another host than the handshake named', async () => {
    const secured = await proxy.secure(await proxy.tunnel('api.weixin.qq.com'), 'api.weixin.qq.com')
    expect(await said(secured, get('/', 'open.weixin.qq.com'))).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('a tunnel within a tunnel', async () => {
    const secured = await proxy.secure(await proxy.tunnel('api.weixin.qq.com'), 'api.weixin.qq.com')
    const within = 'CONNECT open.weixin.qq.com:443 HTTP/1.1\r\nHost: open.weixin.qq.com:443\r\n\r\n'
    expect(await said(secured, within)).toMatch(/^HTTP\/1\.1 403 .*no way on/s)
    expect(await said(await proxy.tunnel('api.weixin.qq.com', 80), within)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it.each([
    ['two lengths', 'POST', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['a length and pieces', 'POST', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['pieces in disguise', 'POST', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a header with a space before its colon', 'GET', 'Content-Length : 5\r\n\r\nhello'],
    ['bare line feeds', 'GET', 'X: y\nHost: example.com\r\n\r\n'],
  ])('a request that can be read in two ways: %s', async (_how, method, rest) => {
    const line = `${method} http://api.weixin.qq.com/cgi-bin/token HTTP/1.1\r\nHost: api.weixin.qq.com\r\n`
    const answer = await said(proxy.open(), `${line}${rest}${get('/', 'example.com')}`)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.match(/^HTTP\/1\.1/gm)).toHaveLength(1)
  })

  it('huge headers, before a tunnel and in it', async () => {
    const huge = `X: ${'x'.repeat(20_000)}\r\n`
    const host = 'api.weixin.qq.com'
    expect(await said(proxy.open(), get(`http://${host}/`, host, huge))).toMatch(/^HTTP\/1\.1 431 /)
    expect(await said(await proxy.secure(proxy.open(), host), get('/', host, huge))).toMatch(
      /^HTTP\/1\.1 431 /,
    )
  })
})

describe('does not wait for ever for', () => {
  let impatient: TestIntercept
  beforeAll(async () => {
    impatient = await startIntercept({ patience: { start: 300, request: 600 } })
  })
  afterAll(() => impatient.close())

  it.each([
    ['a first byte', '', ''],
    ['headers', `GET http://api.weixin.qq.com/ HTTP/1.1\r\nHo`, '408'],
    ['a handshake', '\x16\x03\x01\x02\x00', ''],
    [
      'a body',
      'POST http://api.weixin.qq.com/cgi-bin/stable_token HTTP/1.1\r\nHost: api.weixin.qq.com\r\nContent-Length: 50\r\n\r\n{',
      '408',
    ],
  ])('%s', async (_what, text, status) => {
    const answer = await said(impatient.open(), Buffer.from(text, 'latin1'))
    expect(answer).toContain(status)
  })

  it('a handshake in a tunnel', async () => {
    expect(await said(await impatient.tunnel('api.weixin.qq.com'), '')).toBe('')
  })
})

it('a body that is too large is refused, and what comes after it is answered', async () => {
  const body = Buffer.alloc(3_000_000, 'x')
  const [answer] = (await once(
    request({
      port: proxy.port,
      method: 'POST',
      path: `http://api.weixin.qq.com/cgi-bin/stable_token`,
      headers: { host: 'api.weixin.qq.com', 'content-length': body.length },
    }).end(body),
    'response',
  )) as [{ statusCode: number }]
  expect(answer.statusCode).toBe(200) // an errcode, as of every API
})

it('a certificate of a host is made again before it ends', async () => {
  let time = Date.now()
  const moving = await startIntercept({ now: () => time })
  const until = async () =>
    Date.parse((await moving.secure(moving.open(), 'api.weixin.qq.com')).getPeerCertificate().valid_to)
  const first = await until()
  expect(first - time).toBeLessThan(2 * 86_400_000)
  time += 23.5 * 3_600_000
  expect(await until()).toBeGreaterThan(first)
  moving.close()
})

it('closing ends every connection, also those that said nothing yet', async () => {
  const short = await startIntercept()
  const silent = short.open()
  const tunnel = await short.tunnel('api.weixin.qq.com')
  const secured = await short.secure(short.open(), 'api.weixin.qq.com')
  const ends = Promise.all([silent, tunnel, secured].map((socket) => once(socket, 'close')))
  for (const socket of [silent, tunnel, secured]) socket.resume()
  short.close()
  await ends
})
