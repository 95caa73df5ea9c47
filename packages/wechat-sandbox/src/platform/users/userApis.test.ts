import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))

const info = (openid: string) => api.get('/cgi-bin/user/info', { openid })

describe('user/info', () => {
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

describe('the followers', () => {
  const follow = (id: string) => api.platform.followers.add(openidOf(id))

  it('are listed in the order in which they came, and page by page [followers-paged]', async () => {
    const [first, second] = [openidOf('xiaoqing'), openidOf('amu')]
    expect(await api.get('/cgi-bin/user/get')).toEqual({
      total: 2,
      count: 2,
      data: { openid: [first, second] },
      next_openid: second,
    })
    follow('lin')
    expect(await api.get('/cgi-bin/user/get', { next_openid: first })).toEqual({
      total: 3,
      count: 2,
      data: { openid: [second, openidOf('lin')] },
      next_openid: openidOf('lin'),
    })
    const last = await api.get('/cgi-bin/user/get', { next_openid: openidOf('lin') })
    expect(last).toEqual({ total: 3, count: 0, next_openid: '' })
    expect(await api.get('/cgi-bin/user/get', { next_openid: 'o0' })).toMatchObject({ errcode: 40003 })
  })

  it('come 10,000 at a time [followers-paged]', async () => {
    for (let at = 0; at < 10_001; at++) api.platform.followers.add(`o${at}`)
    const page = await api.get('/cgi-bin/user/get')
    expect(page).toMatchObject({ total: 10_003, count: 10_000, next_openid: 'o9997' })
    expect(await api.get('/cgi-bin/user/get', { next_openid: 'o9997' })).toMatchObject({ count: 3 })
  })

  it('are told of in batches, who does not follow as such [users-in-batches] [users-in-batches-errcode]', async () => {
    const batch = (ids: string[]) =>
      api.post('/cgi-bin/user/info/batchget', { user_list: ids.map((openid) => ({ openid, lang: 'zh_CN' })) })
    expect(await batch([openidOf('amu'), openidOf('lin')])).toEqual({
      user_info_list: [
        expect.objectContaining({ subscribe: 1, openid: openidOf('amu') }),
        { subscribe: 0, openid: openidOf('lin') },
      ],
    })
    expect(await batch(['o0'])).toMatchObject({ errcode: 40003 })
    expect(await batch(Array(101).fill(openidOf('amu')))).toMatchObject({ errcode: 40032 })
  })

  it('have a remark of fewer than 30 bytes [remark-bytes]', async () => {
    const remark = (text: string, openid = openidOf('amu')) =>
      api.post('/cgi-bin/user/info/updateremark', { openid, remark: text })
    expect(await remark('喝茶的人')).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await info(openidOf('amu'))).toMatchObject({ remark: '喝茶的人' })
    expect(await remark('一二三四五六七八九十')).toMatchObject({ errcode: 40092 })
    expect(await remark('x', openidOf('lin'))).toMatchObject({ errcode: 40003 })
  })

  it('are not for unverified accounts', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await api.get('/cgi-bin/user/get')).toMatchObject({ errcode: 48001 })
  })
})
