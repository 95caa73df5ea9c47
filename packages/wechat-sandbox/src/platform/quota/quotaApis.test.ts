import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

describe('quotas', () => {
  const used = async (cgi_path: string) =>
    (await api.post('/cgi-bin/openapi/quota/get', { cgi_path }))['quota']
  const { appId: appid, appSecret: secret } = {
    appId: 'wx5a9d0c0ffee12345',
    appSecret: '00112233445566778899aabbccddeeff',
  }
  const token = () => api.get('/cgi-bin/token', { appid, secret, grant_type: 'client_credential' })

  it('are counted, and a test account has lower ones [quota-day-minute] [quota-day-ends]', async () => {
    api.platform.switches.set('account', 'test')
    for (let count = 0; count < 200; count++) expect(await token()).toHaveProperty('access_token')
    expect(await token()).toMatchObject({ errcode: 45009 })
    expect(await used('/cgi-bin/token')).toEqual({ daily_limit: 200, used: 200, remain: 0 })
    api.forward(86_400)
    expect(await token()).toHaveProperty('access_token')
  })

  it('count by the minute as well [quota-day-minute]', () => {
    const { quotas } = api.platform
    for (let count = 0; count < 10_000; count++) quotas.use('/cgi-bin/stable_token')
    expect(() => quotas.use('/cgi-bin/stable_token')).toThrow(/minute-quota/)
    api.forward(60)
    expect(() => quotas.use('/cgi-bin/stable_token')).not.toThrow()
  })

  it('start again ten times a month, with a token or with the secret [quota-resets]', async () => {
    api.platform.switches.set('quotaUsed', true)
    expect(await token()).toMatchObject({ errcode: 45009 })
    const v2 = '/cgi-bin/clear_quota/v2'
    expect(await api.post(v2, { appid, appsecret: 'x' })).toMatchObject({ errcode: 40125 })
    expect(await api.post(v2, { appid, appsecret: secret })).toMatchObject({ errcode: 0 })
    expect(await api.post(v2, '', { appid, appsecret: secret })).toMatchObject({ errcode: 0 })
    expect(await token()).toHaveProperty('access_token')
    expect(await api.post('/cgi-bin/clear_quota', { appid: 'wx0' })).toMatchObject({ errcode: 40013 })
    for (let count = 0; count < 8; count++)
      expect(await api.post('/cgi-bin/clear_quota', { appid })).toMatchObject({ errcode: 0 })
    expect(await api.post('/cgi-bin/clear_quota', { appid })).toMatchObject({ errcode: 48006 })
    api.forward(31 * 86_400)
    expect(await api.post('/cgi-bin/clear_quota', { appid })).toMatchObject({ errcode: 0 })
  })

  it('are told of APIs only [quota-and-rid]', async () => {
    expect(await api.post('/cgi-bin/openapi/quota/get', { cgi_path: '/sns/userinfo' })).toMatchObject({
      errcode: 76022,
    })
    expect(await api.post('/cgi-bin/openapi/quota/get', { cgi_path: 'what?' })).toMatchObject({
      errcode: 76003,
    })
  })
})

it('a request id leads to its request [quota-and-rid]', async () => {
  const { errmsg } = await api.get('/cgi-bin/user/info', { openid: 'o0' })
  const rid = String(errmsg).slice(-26)
  expect(await api.post('/cgi-bin/openapi/rid/get', { rid })).toMatchObject({
    errcode: 0,
    request: {
      invoke_time: 1_760_000_000,
      request_url: 'access_token=***&openid=o0',
      response_body: expect.stringContaining('40003'),
    },
  })
  const unknown = '00000000-00000000-00000000'
  expect(await api.post('/cgi-bin/openapi/rid/get', { rid: unknown })).toMatchObject({ errcode: 76001 })
  expect(await api.post('/cgi-bin/openapi/rid/get', { rid: 'x' })).toMatchObject({ errcode: 76002 })
})
