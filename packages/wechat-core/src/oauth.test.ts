import { describe, expect, it } from 'vitest'
import { buildAuthorizeUrl } from './oauth.ts'

const input = {
  appId: 'wx1',
  redirectUri: 'https://h5.example.com/cb?a=1&b=中',
  scope: 'snsapi_base',
  state: 'abc123',
} as const

describe('buildAuthorizeUrl', () => {
  it('keeps the strict order, with the hash at the end', () => {
    expect(buildAuthorizeUrl(input)).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1' +
        '&redirect_uri=https%3A%2F%2Fh5.example.com%2Fcb%3Fa%3D1%26b%3D%E4%B8%AD' +
        '&response_type=code&scope=snsapi_base&state=abc123&connect_redirect=1#wechat_redirect',
    )
  })

  it('keeps a path in the address of the authorize page', () => {
    expect(buildAuthorizeUrl({ ...input, openUrl: 'http://localhost:5173/x/' })).toMatch(
      /^http:\/\/localhost:5173\/x\/connect\/oauth2\/authorize\?appid=wx1&redirect_uri=/,
    )
  })

  it.each(['', 'a b', 'a-b', 'ü', 'x'.repeat(129)])('refuses the state %j', (state) => {
    expect(() => buildAuthorizeUrl({ ...input, state })).toThrow(/letters and digits/)
  })
})
