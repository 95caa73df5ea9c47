import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '../account.ts'
import type { Scope } from './logins.ts'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

type Grant = Record<'access_token' | 'refresh_token' | 'openid', string>
const person = (): Person => api.platform.people[0]
const exchange = (code: string) => {
  const { appId: appid, appSecret: secret } = api.platform.account
  return api.get('/sns/oauth2/access_token', { appid, secret, code, grant_type: 'authorization_code' })
}
const grant = async (scope: Scope = 'snsapi_userinfo', snapshot = false) =>
  (await exchange(api.platform.logins.issueCode(person(), scope, { snapshot }))) as Grant
const profile = ({ access_token, openid }: Grant) => api.get('/sns/userinfo', { access_token, openid })
const refresh = (refresh_token: string) =>
  api.get('/sns/oauth2/refresh_token', {
    appid: api.platform.account.appId,
    grant_type: 'refresh_token',
    refresh_token,
  })

it('exchanges a code once, for the fields of the document [code-once]', async () => {
  const code = api.platform.logins.issueCode(person(), 'snsapi_base')
  expect(Object.keys(await exchange(code))).toEqual([
    'access_token',
    'expires_in',
    'refresh_token',
    'openid',
    'scope',
  ])
  expect(await exchange(code)).toMatchObject({ errcode: 40163 })
  expect(await exchange('')).toMatchObject({ errcode: 41008 })
  expect(await exchange('nonsense')).toMatchObject({ errcode: 40029 })
})

it('a code ends after 5 minutes; with which errcode is a switch [code-once] [ended-code-errcode]', async () => {
  const code = api.platform.logins.issueCode(person(), 'snsapi_base')
  api.forward(300)
  expect(await exchange(code)).toMatchObject({ errcode: 40029 })
  api.platform.switches.set('expiredCode', '42003')
  expect(await exchange(code)).toMatchObject({ errcode: 42003 })
})

it('a profile needs snsapi_userinfo, the right person and a living token [profile-scope]', async () => {
  const good = await grant()
  expect(await profile(good)).toMatchObject({ nickname: '小晴', sex: 0, city: '', privilege: [] })
  expect(await profile(await grant('snsapi_base'))).toMatchObject({ errcode: 48001 })
  expect(await profile({ ...good, openid: 'o0' })).toMatchObject({ errcode: 40003 })
  expect(await profile({ ...good, openid: '' })).toMatchObject({ errcode: 41009 })
  expect(await profile({ ...good, access_token: '' })).toMatchObject({ errcode: 41001 })
  api.forward(7200)
  expect(await profile(good)).toMatchObject({ errcode: 42001 })
})

it('unionid is told only where the account is bound, and only with consent [unionid-bound]', async () => {
  expect(await grant()).not.toHaveProperty('unionid')
  api.platform.switches.set('openPlatform', true)
  const { unionid } = (await grant()) as { unionid?: string }
  expect(unionid).toMatch(/^o.{27}$/)
  expect(await profile(await grant())).toMatchObject({ unionid })
  expect(await grant('snsapi_base')).not.toHaveProperty('unionid')
})

it('a snapshot page has a virtual visitor, marked as one and without profile [snapshot-user] [snapshot-profile]', async () => {
  const [first, second] = [await grant('snsapi_userinfo', true), await grant('snsapi_userinfo', true)]
  expect(first).toMatchObject({ is_snapshotuser: 1 })
  expect(new Set([first.openid, second.openid, api.platform.logins.openidOf(person())]).size).toBe(3)
  expect(await profile(first)).toMatchObject({ errcode: 48001 })
})

it('a token is renewed for 30 days [refresh-token] [renewing-prolongs]', async () => {
  const first = await grant()
  api.forward(3600)
  expect(await refresh(first.refresh_token)).toMatchObject({
    access_token: first.access_token,
    openid: first.openid,
  })
  api.forward(7199)
  expect(await profile(first)).toHaveProperty('nickname')
  api.forward(1)
  const second = (await refresh(first.refresh_token)) as Grant
  expect(second.access_token).not.toBe(first.access_token)
  expect(await profile(second)).toHaveProperty('nickname')
  expect(await profile(first)).toMatchObject({ errcode: 42001 })
  api.forward(30 * 86_400)
  expect(await refresh(first.refresh_token)).toMatchObject({ errcode: 42002 })
  expect(await refresh('nonsense')).toMatchObject({ errcode: 40030 })
  expect(await refresh('')).toMatchObject({ errcode: 41003 })
})

it('the token of a person opens no other API, and the other token no profile [oauth-token-elsewhere]', async () => {
  const { access_token, openid } = await grant()
  expect(await api.get('/cgi-bin/user/info', { access_token, openid })).toMatchObject({ errcode: 48001 })
  const { access_token: other } = api.platform.tokens.issueStable(false)
  expect(await profile({ access_token: other, openid, refresh_token: '' })).toMatchObject({ errcode: 40001 })
})

it('a change of password ends what the person had granted', async () => {
  const { access_token, refresh_token, openid } = await grant()
  const check = () => api.get('/sns/auth', { access_token, openid })
  expect(await check()).toEqual({ errcode: 0, errmsg: 'ok' })
  api.platform.logins.revoke(person())
  expect(await check()).toMatchObject({ errcode: 42007 })
  expect(await refresh(refresh_token)).toMatchObject({ errcode: 42007 })
})
