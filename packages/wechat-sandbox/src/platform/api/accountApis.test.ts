import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))

describe('user/info', () => {
  const info = (openid: string) => api.get('/cgi-bin/user/info', { openid })

  it('tells that somebody follows, since when and from where, and no name', async () => {
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

  it('tells nothing of others', async () => {
    expect(await info(openidOf('lin'))).toEqual({ subscribe: 0, openid: openidOf('lin') })
    expect(await info('o0')).toMatchObject({ errcode: 40003 })
    expect(await info('')).toMatchObject({ errcode: 41009 })
  })
})

describe('the menu', () => {
  const create = (button: unknown) => api.post('/cgi-bin/menu/create', { button })
  const view = { type: 'view', name: 'Home', url: 'https://h5.example.com/' }

  it('is created, read and deleted', async () => {
    expect(await api.get('/cgi-bin/menu/get')).toMatchObject({ errcode: 46003 })
    const button = [view, { name: '更多', sub_button: [{ type: 'click', name: 'Help', key: 'HELP' }] }]
    expect(await create(button)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await api.get('/cgi-bin/menu/get')).toEqual({ menu: { button } })
    expect(await api.get('/cgi-bin/menu/delete')).toMatchObject({ errcode: 0 })
    expect(api.platform.menu.get()).toBeUndefined()
  })

  it.each([
    [[], 40016],
    [[view, view, view, view], 40016],
    [[{ ...view, type: 'poem' }], 40017],
    [[{ ...view, name: '一二三四五六' }], 40018],
    [[{ type: 'click', name: 'x' }], 40019],
    [[{ ...view, url: 'nowhere' }], 40020],
    [[{ name: 'x', sub_button: Array(6).fill(view) }], 40023],
    [[{ name: 'x', sub_button: [{ ...view, name: '' }] }], 40025],
    ['x', 47001],
  ])('%.60j is %s', async (button, errcode) => expect(await create(button)).toMatchObject({ errcode }))

  it('is not for unverified accounts', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await create([view])).toMatchObject({ errcode: 48001 })
  })
})

describe('media', () => {
  const upload = async (type: string, form?: FormData) => {
    const { access_token } = api.platform.tokens.issueStable(false)
    const path = `/cgi-bin/media/upload?access_token=${access_token}&type=${type}`
    const response = await api.fetch(path, { method: 'POST', body: form ?? '{}' })
    return (await response.json()) as Record<string, string>
  }
  const formOf = (file: Blob) => {
    const form = new FormData()
    form.set('media', file, 'x.png')
    return form
  }
  const download = (media_id: string, path = '/cgi-bin/media/get') => {
    const { access_token } = api.platform.tokens.issueStable(false)
    return api.fetch(`${path}?${new URLSearchParams({ access_token, media_id })}`)
  }
  const bytes = Buffer.from([0, 255, 10, 13, 0])

  it('is uploaded and fetched as it is, for three days', async () => {
    const { media_id = '', type } = await upload('image', formOf(new Blob([bytes], { type: 'image/png' })))
    expect(type).toBe('image')
    const response = await download(media_id)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    api.forward(3 * 86_400)
    const late = await download(media_id)
    expect(late.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await late.json()).toMatchObject({ errcode: 40007 })
  })

  it('a video comes as an address, a recording in its own format too', async () => {
    const video = api.platform.media.add({ type: 'video', contentType: 'video/mp4', bytes })
    const { video_url } = (await (await download(video)).json()) as { video_url: string }
    expect(Buffer.from(await (await fetch(video_url)).arrayBuffer())).toEqual(bytes)
    const voice = api.platform.media.add({ type: 'voice', contentType: 'audio/amr', bytes })
    expect((await download(voice, '/cgi-bin/media/get/jssdk')).headers.get('content-type')).toBe('audio/amr')
    expect(await (await download(video, '/cgi-bin/media/get/jssdk')).json()).toMatchObject({ errcode: 40007 })
  })

  it('is refused in a wrong form', async () => {
    expect(await upload('poem', formOf(new Blob(['x'])))).toMatchObject({ errcode: 40004 })
    expect(await upload('image')).toMatchObject({ errcode: 41005 })
    expect(await upload('image', formOf(new Blob([])))).toMatchObject({ errcode: 41005 })
    expect(await (await download('')).json()).toMatchObject({ errcode: 41006 })
  })
})

describe('quotas', () => {
  const used = async (cgi_path: string) =>
    (await api.post('/cgi-bin/openapi/quota/get', { cgi_path }))['quota']
  const { appId: appid, appSecret: secret } = {
    appId: 'wx5a9d0c0ffee12345',
    appSecret: '00112233445566778899aabbccddeeff',
  }
  const token = () => api.get('/cgi-bin/token', { appid, secret, grant_type: 'client_credential' })

  it('are counted, and a test account has lower ones', async () => {
    api.platform.switches.set('account', 'test')
    for (let count = 0; count < 200; count++) expect(await token()).toHaveProperty('access_token')
    expect(await token()).toMatchObject({ errcode: 45009 })
    expect(await used('/cgi-bin/token')).toEqual({ daily_limit: 200, used: 200, remain: 0 })
    api.forward(86_400)
    expect(await token()).toHaveProperty('access_token')
  })

  it('count by the minute as well', () => {
    const { quotas } = api.platform
    for (let count = 0; count < 10_000; count++) quotas.use('/cgi-bin/stable_token')
    expect(() => quotas.use('/cgi-bin/stable_token')).toThrow(/minute-quota/)
    api.forward(60)
    expect(() => quotas.use('/cgi-bin/stable_token')).not.toThrow()
  })

  it('start anew ten times a month, with a token or with the secret', async () => {
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

  it('are told of APIs only', async () => {
    expect(await api.post('/cgi-bin/openapi/quota/get', { cgi_path: '/sns/userinfo' })).toMatchObject({
      errcode: 76022,
    })
    expect(await api.post('/cgi-bin/openapi/quota/get', { cgi_path: 'what?' })).toMatchObject({
      errcode: 76003,
    })
  })
})

it('a request id leads to its request', async () => {
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

describe('the network', () => {
  it('is this machine', async () => {
    for (const path of ['/cgi-bin/getcallbackip', '/cgi-bin/get_api_domain_ip'])
      expect(await api.get(path)).toEqual({ ip_list: ['127.0.0.1'] })
  })

  it('is checked by name and by ping', async () => {
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
