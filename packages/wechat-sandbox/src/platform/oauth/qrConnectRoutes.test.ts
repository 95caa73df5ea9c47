import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SITE, startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const query = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    appid: api.platform.account.appId,
    scope: 'snsapi_login',
    redirect_uri: `${SITE}/cb?from=web#top`,
    response_type: 'code',
    state: 'abc',
    ...change,
  })
const open = async (change?: Record<string, string>, language = 'zh-CN') => {
  const headers = { 'accept-language': language, 'user-agent': 'Mozilla/5.0 (Macintosh)' }
  return (await api.fetch(`/connect/qrconnect?${query(change)}`, { headers })).text()
}
const answer = (page: string, fields: Record<string, string>) => {
  const login = /name="login" value="(\w+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ login, person: 'amu', answer: 'allow', ...fields })
  return api.fetch('/connect/qrconnect/confirm', { method: 'POST', redirect: 'manual', body })
}
const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))

describe('the login of a website', () => {
  it('gives code, profile and unionid of who scanned [website-login] [website-is-the-account]', async () => {
    const page = await open()
    expect(page).toContain('data:image/png;base64,')
    const response = await answer(page, {})
    expect(response.status).toBe(302)
    const there = new URL(response.headers.get('location') ?? '')
    expect(`${there.origin}${there.pathname}${there.hash}`).toBe(`${SITE}/cb#top`)
    expect([there.searchParams.get('from'), there.searchParams.get('state')]).toEqual(['web', 'abc'])
    const { appId: appid, appSecret: secret } = api.platform.account
    const code = there.searchParams.get('code') ?? ''
    const exchange = { appid, secret, code, grant_type: 'authorization_code' }
    const token = await api.get('/sns/oauth2/access_token', exchange)
    const unionid = expect.stringMatching(/^o.{27}$/)
    expect(token).toMatchObject({ openid: openidOf('amu'), scope: 'snsapi_login', unionid })
    const access_token = String(token['access_token'])
    expect(await api.get('/sns/userinfo', { access_token, openid: openidOf('amu') })).toMatchObject({
      nickname: '阿木',
      unionid: token['unionid'],
    })
  })

  it.each([
    [{ appid: 'wx0' }, /AppID 参数错误/],
    [{ scope: 'snsapi_userinfo' }, /Scope 参数错误或没有 Scope 权限/],
    [{ redirect_uri: 'https://elsewhere.example/cb' }, /redirect_uri 参数错误/],
    [{ response_type: 'token' }, /response_type 参数错误/],
  ])('with %j is refused, and says why [website-login-refusals]', async (change, words) => {
    const page = await open(change)
    expect(page).toMatch(words)
    expect(page).not.toContain('name="login"')
  })

  it('is refused in English too', async () =>
    expect(await open({ redirect_uri: 'https://elsewhere.example/' }, 'en')).toContain(
      'redirect_uri must lie on h5.example.com',
    ))

  it('leads nowhere for who declines, and is good for once [website-login-refusals]', async () => {
    const page = await open()
    const declined = await answer(page, { answer: 'decline' })
    expect([declined.status, await declined.text()]).toEqual([200, expect.stringContaining('已拒绝')])
    const again = await answer(page, {})
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('这次登录已经结束')])
  })
})
