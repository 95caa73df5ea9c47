import { describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { createLeads } from './leads.ts'
import { startSiteFront } from './siteFront.testing.ts'

const leadsOf = (siteUrl: string, wechatHosts: boolean, account = {}) => {
  const platform = createPlatform({ siteOrigin: 'http://localhost:5180', account })
  return createLeads({ siteUrl, account: platform.account, wechatHosts })
}

it.each([
  ['http://h5.example.com/a?b#c', '/a?b#c'],
  ['https://h5.example.com', '/'],
  ['https://h5.example.com?a=1', '/?a=1'],
  ['HTTP://H5.EXAMPLE.COM/a', '/a'],
  ['https://h5.example.com//evil.example/', '/evil.example/'],
  ['https://h5.example.com/\\\\evil.example/', '/evil.example/'],
  ['http://localhost:5180/a', '/a'],
  ['https://h5.example.com.evil.example/', 'https://h5.example.com.evil.example/'],
  ['https://h5.example.com@evil.example/', 'https://h5.example.com@evil.example/'],
  ['https://h5.example.com:8443/', 'https://h5.example.com:8443/'],
  ['/a', '/a'],
  ['weixin://dl', 'weixin://dl'],
])('%s leads to %s', (address, led) =>
  expect(leadsOf('https://h5.example.com', false).lead(address, 'localhost:5180')).toBe(led),
)

const LOGIN = 'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx&redirect_uri=x#wechat_redirect'

describe('WeChat’s hosts', () => {
  const leads = leadsOf('http://127.0.0.1:8080', true)

  it.each([
    [LOGIN, LOGIN.replace('https://open.weixin.qq.com', '/__wechat')],
    [LOGIN.replace('https:', ''), LOGIN.replace('https://open.weixin.qq.com', '/__wechat')],
    ['http://res.wx.qq.com/open/js/jweixin-1.0.0.js', '/__wechat/open/js/jweixin-1.0.0.js'],
    ['//res2.wx.qq.com/open/js/jweixin-1.6.0.js?v=1', '/__wechat/open/js/jweixin-1.6.0.js?v=1'],
    ['https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=t', '/__wechat/cgi-bin/showqrcode?ticket=t'],
  ])('%s leads to %s', (address, led) => {
    expect(leads.lead(address, 'localhost:5180')).toBe(led)
    expect(leadsOf('http://127.0.0.1:8080', false).lead(address, 'localhost:5180')).toBe(address)
  })

  it.each([
    'https://mp.weixin.qq.com/s/an-article',
    'https://res.wx.qq.com/open/libs/weui/2.0.1/weui.min.css',
    'https://open.weixin.qq.com.example.com/connect/oauth2/authorize',
    'https://open.weixin.qq.com@example.com/connect/oauth2/authorize',
    'https://api.weixin.qq.com/cgi-bin/token',
    'https://open.weixin.qq.com:8443/',
  ])('%s stays as it is', (address) => expect(leads.lead(address, 'localhost:5180')).toBe(address))
})

describe('a login', () => {
  const query = (address: string) => `/connect?appid=wx&redirect_uri=${encodeURIComponent(address)}&scope=s`
  const origin = 'http://localhost:5180'

  it('at the site’s own address comes back to the sandbox', () => {
    const leads = leadsOf('http://127.0.0.1:8080', true)
    for (const own of ['http://127.0.0.1:8080', 'http://localhost:8080'])
      expect(leads.leadLogin(query(`${own}/cb?a=b&c#d`), origin)).toBe(query(`${origin}/cb?a=b&c#d`))
    for (const other of ['http://localhost:5180/cb', 'http://127.0.0.1:9/cb', 'https://example.com/cb', 'cb'])
      expect(leads.leadLogin(query(other), origin)).toBe(query(other))
    expect(leadsOf('http://127.0.0.1:8080', false).leadLogin(query('http://127.0.0.1:8080/'), origin)).toBe(
      query('http://127.0.0.1:8080/'),
    )
  })

  it('at a domain that the console has is judged by it, and comes back all the same', async () => {
    const platform = createPlatform({
      siteOrigin: 'http://localhost:5180',
      account: { oauthDomain: 'h5.example.com' },
    })
    const front = await startSiteFront((_req, res) => res.end(), { platform, leadsWechatHosts: true })
    const uri = encodeURIComponent('https://h5.example.com/cb?a=b')
    const appid = platform.account.appId
    const answer = await front.frame(
      `/__wechat/connect/oauth2/authorize?appid=${appid}&redirect_uri=${uri}&response_type=code&scope=snsapi_base&state=s`,
    )
    expect(answer.headers.location).toMatch(/^\/cb\?a=b&code=[\w-]+&state=s$/)
    front.close()
  })
})

it('a site that redirects to WeChat’s own login leads to the sandbox’s, its page is not changed', async () => {
  const page = `<script src="https://res.wx.qq.com/open/js/jweixin-1.6.0.js"></script><a href="${LOGIN}">log in</a>`
  const front = await startSiteFront(
    (req, res) =>
      req.url === '/login'
        ? res.writeHead(302, { location: LOGIN }).end()
        : res
            .writeHead(200, {
              'content-type': 'text/html',
              'content-security-policy': 'script-src https://res.wx.qq.com',
            })
            .end(page),
    { leadsWechatHosts: true },
  )
  expect((await front.frame('/login')).headers.location).toBe(
    LOGIN.replace('https://open.weixin.qq.com', '/__wechat'),
  )
  const { text, headers } = await front.frame('/')
  expect(text.replace(/<script src="\/__wechat\/bridge\.js[^>]*><\/script>/, '')).toBe(page)
  expect(headers['content-security-policy']).toBe(
    `script-src https://res.wx.qq.com ${front.url}/__wechat/bridge.js ${front.url}/__wechat/open/js/`,
  )
  front.close()
})
