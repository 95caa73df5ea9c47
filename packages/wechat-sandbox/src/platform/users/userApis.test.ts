import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))

describe('user/info', () => {
  const info = (openid: string) => api.get('/cgi-bin/user/info', { openid })

  it('tells that somebody follows, since when and from where, and no name [user-info-fields]', async () => {
    api.platform.followers.add(openidOf('lin'), '1001')
    expect(await info(openidOf('lin'))).toEqual({
      subscribe: 1,
      openid: openidOf('lin'),
      subscribe_time: 1_760_000_000,
      remark: '',
      groupid: 0,
      tagid_list: [],
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene: 1001,
      qr_scene_str: '',
    })
    api.platform.switches.set('openPlatform', true)
    expect(await info(openidOf('amu'))).toHaveProperty('unionid')
  })

  it('tells nothing of others [user-info-fields]', async () => {
    expect(await info(openidOf('lin'))).toEqual({ subscribe: 0, openid: openidOf('lin') })
    expect(await info('o0')).toMatchObject({ errcode: 40003 })
    expect(await info('')).toMatchObject({ errcode: 41009 })
  })
})
