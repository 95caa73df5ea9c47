import { expect, it } from 'vitest'
import { targetOfAbsolute, targetOfConnect, targetWithin } from './target.ts'

it.each([
  ['api.weixin.qq.com:443', 'api.weixin.qq.com', 'api'],
  ['API.Weixin.QQ.com:443', 'api.weixin.qq.com', 'api'],
  ['open.weixin.qq.com:80', 'open.weixin.qq.com', 'open'],
  ['api.mch.weixin.qq.com:443', 'api.mch.weixin.qq.com', 'pay'],
])('CONNECT %s leads to %s', (authority, host, kind) =>
  expect(targetOfConnect(authority, [authority])).toEqual({ host, kind }),
)

it.each([
  ['api.weixin.qq.com:22', 403],
  ['api.weixin.qq.com:8443', 403],
  ['example.com:443', 403],
  ['weixin.qq.com:443', 403],
  ['api.weixin.qq.com.example.com:443', 403],
  ['xapi.weixin.qq.com:443', 403],
  ['127.0.0.1:443', 403],
  ['__proto__:443', 400],
  ['constructor:443', 403],
  ['api.weixin.qq.com', 400],
  ['api.weixin.qq.com:443/x', 400],
  ['user@api.weixin.qq.com:443', 400],
  ['[::1]:443', 400],
  ['api.weixin.qq.com.:443', 403],
  ['', 400],
])('CONNECT %s is refused with %s', (authority, status) =>
  expect(targetOfConnect(authority, [])).toMatchObject({ status }),
)

it.each([
  ['http://api.weixin.qq.com/cgi-bin/token?a=1', 'api.weixin.qq.com', '/cgi-bin/token?a=1'],
  ['https://api.weixin.qq.com:443/sns', 'api.weixin.qq.com', '/sns'],
  ['http://open.weixin.qq.com', 'open.weixin.qq.com', '/'],
  ['http://open.weixin.qq.com?a', 'open.weixin.qq.com', '/?a'],
])('GET %s leads to %s', (address, host, path) =>
  expect(targetOfAbsolute(address, [host])).toMatchObject({ host, path }),
)

it.each([
  ['/cgi-bin/token', 403],
  ['*', 403],
  ['http://example.com/', 403],
  ['http://api.weixin.qq.com@example.com/', 403],
  ['http://example.com@api.weixin.qq.com/', 403],
  ['http://api.weixin.qq.com:22/', 403],
  ['http://api.weixin.qq.com:443/', 403],
  ['https://api.weixin.qq.com:80/', 403],
  ['http://api.weixin.qq.com\\@example.com/', 403],
  ['http:///api.weixin.qq.com/', 403],
  ['ftp://api.weixin.qq.com/', 403],
  ['file:///etc/passwd', 403],
])('GET %s is refused with %s', (address, status) =>
  expect(targetOfAbsolute(address, [])).toMatchObject({ status }),
)

it('a Host header that says something else is refused, wherever it stands', () => {
  const other = ['example.com']
  expect(targetOfConnect('api.weixin.qq.com:443', other)).toMatchObject({ status: 421 })
  expect(targetOfAbsolute('http://api.weixin.qq.com/', other)).toMatchObject({ status: 421 })
  const api = { host: 'api.weixin.qq.com', kind: 'api' } as const
  const within = (address: string, ...hosts: string[]) => targetWithin(api, address, hosts)
  expect(within('/', ...other)).toMatchObject({ status: 421 })
  expect(within('/', 'open.weixin.qq.com')).toMatchObject({ status: 421 })
  expect(within('/', api.host, api.host)).toMatchObject({ status: 400 })
  expect(within('https://open.weixin.qq.com/', 'open.weixin.qq.com')).toMatchObject({ status: 421 })
  expect(within('https://example.com/', 'example.com')).toMatchObject({ status: 403 })
  expect(within('/a', 'API.weixin.qq.com:443')).toEqual({ ...api, path: '/a' })
  expect(within('https://api.weixin.qq.com/a?b', api.host)).toEqual({ ...api, path: '/a?b' })
})

it('a refusal says what to do, and repeats no odd text', () => {
  expect(targetOfConnect('db.example.com:443', [])).toMatchObject({
    text: expect.stringMatching(/no way to db\.example\.com\..*nothing else on.*NO_PROXY/),
  })
  expect(JSON.stringify(targetOfAbsolute('http://<script>/', []))).not.toContain('script')
})
