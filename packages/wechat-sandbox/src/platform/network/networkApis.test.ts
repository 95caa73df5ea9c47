import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

describe('the network', () => {
  it('is this machine [network-check]', async () => {
    for (const path of ['/cgi-bin/getcallbackip', '/cgi-bin/get_api_domain_ip'])
      expect(await api.get(path)).toEqual({ ip_list: ['127.0.0.1'] })
  })

  it('is checked by name and by ping [network-check]', async () => {
    const check = (body: object) => api.post('/cgi-bin/callback/check', body)
    expect(await check({ action: 'all', check_operator: 'DEFAULT' })).toEqual({
      dns: [{ ip: '127.0.0.1', real_operator: 'UNICOM' }],
      ping: [{ ip: '127.0.0.1', from_operator: 'UNICOM', package_loss: '0%', time: '0.1ms' }],
    })
    expect(Object.keys(await check({ action: 'dns' }))).toEqual(['dns'])
    expect(await check({ action: 'x' })).toMatchObject({ errcode: 40202 })
    expect(await check({ action: 'dns', check_operator: 'x' })).toMatchObject({ errcode: 40203 })
    api.platform.account.push.url = ''
    expect(await check({ action: 'dns' })).toMatchObject({ errcode: 40201 })
  })
})
