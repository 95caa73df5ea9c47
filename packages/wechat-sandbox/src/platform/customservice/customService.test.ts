import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { childText, readXml } from '../push/xml.ts'
import { png, startTestApi, type TestApi } from '../testApi.testing.ts'
import { startTestSite, type TestSite } from '../testSite.testing.ts'

let api: TestApi
let site: TestSite
beforeEach(async () => {
  site = await startTestSite()
  api = await startTestApi({ push: { url: site.url } })
})
afterEach(async () => {
  await api.close()
  site.close()
})

const OK = { errcode: 0, errmsg: 'ok' }
const kf_account = 'test1@test'
const person = () => api.platform.people[0]
const openid = () => api.platform.identities.openidOf(person())
const account = (name: string, body: object) => api.post(`/customservice/kfaccount/${name}`, body)
const add = (change: object = {}) => account('add', { kf_account, nickname: '客服1', ...change })
const session = (name: string, body: object = {}) =>
  api.post(`/customservice/kfsession/${name}`, { kf_account, openid: openid(), ...body })
const list = async () => (await api.get('/cgi-bin/customservice/getkflist'))['kf_list']
const handOver = (transInfo = '') =>
  site.answerWith((push) => {
    const [to, from] = ['FromUserName', 'ToUserName'].map((name) => childText(readXml(push), name) ?? '')
    return (
      `<xml><ToUserName>${to}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1760000000</CreateTime>` +
      `<MsgType>transfer_customer_service</MsgType>${transInfo}</xml>`
    )
  })

describe('accounts of the customer service', () => {
  it('are added, changed, listed and deleted [kf-accounts] [kf-binding]', async () => {
    expect(await add()).toEqual(OK)
    expect(await account('update', { kf_account, nickname: '客服2' })).toEqual(OK)
    expect(await account('inviteworker', { kf_account, invite_wx: 'kfwx1' })).toEqual(OK)
    const uploaded = await api.upload('/customservice/kfaccount/uploadheadimg', png(), {
      query: { kf_account },
    })
    expect(uploaded).toEqual(OK)
    const [member] = (await list()) as [Record<string, string>]
    expect(member).toEqual({
      ...{ kf_account, kf_nick: '客服2', kf_id: '1001', kf_wx: 'kfwx1' },
      kf_headimgurl: expect.stringContaining('/mmbiz/'),
    })
    expect((await fetch(member['kf_headimgurl'] ?? '')).headers.get('content-type')).toBe('image/png')
    await session('create')
    expect(await api.get('/cgi-bin/customservice/getonlinekflist')).toEqual({
      kf_online_list: [{ kf_account, status: 1, kf_id: '1001', accepted_case: 1 }],
    })
    expect(await api.get('/customservice/kfaccount/del', { kf_account })).toEqual(OK)
    expect(await list()).toEqual([])
    await add()
    expect(await account('del', { kf_account })).toEqual(OK)
  })

  it('have names and a number [kf-accounts]', async () => {
    await add()
    for (const [answer, errcode] of [
      [await add(), 65406],
      [await add({ kf_account: 'no domain' }), 65404],
      [await add({ kf_account: 'elevenchars@test' }), 65404],
      [await add({ kf_account: 'b@test', nickname: '好'.repeat(17) }), 65403],
      [await account('update', { kf_account: 'x@test', nickname: 'X' }), 65401],
      [await account('del', { kf_account: 'x@test' }), 65401],
      [await account('inviteworker', { kf_account: 'x@test', invite_wx: 'w' }), 65401],
      [await account('inviteworker', { kf_account, invite_wx: '' }), 65409],
    ] as const)
      expect(answer).toMatchObject({ errcode })
    for (let at = 0; at < 99; at++) api.platform.staff.add(`a${at}@test`, 'A', { isStaffed: true })
    expect(await add({ kf_account: 'b@test' })).toMatchObject({ errcode: 65405 })
  })

  it('wait for who was invited, where the switch says so [kf-accounts] [kf-binding]', async () => {
    api.platform.switches.set('kfBinding', 'by invitation')
    await add()
    expect(await session('create')).toMatchObject({ errcode: 65402 })
    const invite = () => account('inviteworker', { kf_account, invite_wx: 'kfwx1' })
    expect(await invite()).toEqual(OK)
    expect(await invite()).toMatchObject({ errcode: 65411 })
    const waiting = { invite_wx: 'kfwx1', invite_expire_time: 1_760_086_400, invite_status: 'waiting' }
    expect(await list()).toMatchObject([waiting])
    expect(await api.get('/cgi-bin/customservice/getonlinekflist')).toEqual({ kf_online_list: [] })
    api.platform.staff.answerInvitation(kf_account, false)
    expect(await list()).toMatchObject([{ invite_status: 'rejected' }])
    await invite()
    api.forward(86_400)
    expect(await list()).toMatchObject([{ invite_status: 'expired' }])
    await invite()
    api.platform.staff.answerInvitation(kf_account, true)
    expect(await invite()).toMatchObject({ errcode: 65412 })
    expect(await list()).toMatchObject([{ kf_wx: 'kfwx1' }])
    expect(() => api.platform.staff.answerInvitation(kf_account, true)).toThrow('No invitation')
    expect(await session('create')).toEqual(OK)
  })
})

describe('sessions of the customer service', () => {
  it('are opened, told of and closed, one at a time [kf-sessions] [kf-events]', async () => {
    await add()
    await add({ kf_account: 'test2@test' })
    expect(await session('create')).toEqual(OK)
    expect(await session('create')).toEqual(OK)
    expect(await session('create', { kf_account: 'test2@test' })).toMatchObject({ errcode: 65414 })
    expect(await session('close', { kf_account: 'test2@test' })).toMatchObject({ errcode: 65413 })
    expect(await api.get('/customservice/kfsession/getsession', { openid: openid() })).toEqual({
      createtime: 1_760_000_000,
      kf_account,
    })
    expect(await api.get('/customservice/kfsession/getsessionlist', { kf_account })).toEqual({
      sessionlist: [{ createtime: 1_760_000_000, openid: openid() }],
    })
    expect(await session('close')).toEqual(OK)
    expect(await session('close')).toMatchObject({ errcode: 65413 })
    const none = await api.get('/customservice/kfsession/getsession', { openid: openid() })
    expect(none).toEqual({ createtime: 0, kf_account: '' })
    await expect.poll(site.events).toEqual(['kf_create_session', 'kf_close_session'])
    expect(site.pushed[0]).toContain(`<KfAccount><![CDATA[${kf_account}]]></KfAccount>`)
    expect(childText(readXml(site.pushed[0] ?? ''), 'FromUserName')).toBe(openid())
    expect(await session('create', { openid: 'o0' })).toMatchObject({ errcode: 40003 })
    expect(await session('create', { kf_account: 'x@test' })).toMatchObject({ errcode: 65401 })
  })

  it('begin where the server hands a person over: at once, or after waiting [kf-queue] [kf-messages]', async () => {
    await add()
    const waiting = () => api.get('/customservice/kfsession/getwaitcase')
    handOver()
    await api.platform.acts.say(person(), 'help')
    expect(await waiting()).toEqual({
      count: 1,
      waitcaselist: [{ latest_time: 1_760_000_000, openid: openid() }],
    })
    handOver(`<TransInfo><KfAccount>${kf_account}</KfAccount></TransInfo>`)
    await api.platform.acts.say(person(), 'help!')
    expect(await waiting()).toEqual({ count: 0, waitcaselist: [] })
    expect(api.platform.desk.session(openid())).toMatchObject({ kfAccount: kf_account })
    await expect.poll(site.events).toEqual([undefined, undefined, 'kf_create_session'])
    await api.platform.acts.say(person(), 'not for the server')
    expect(site.pushed).toHaveLength(3)
    await session('close')
    await api.platform.acts.say(person(), 'for the server')
    expect(site.pushed.join('')).toContain('for the server')
    expect(site.pushed.join('')).not.toContain('not for the server')
  })

  it('leave a record [kf-records]', async () => {
    await add()
    await api.platform.acts.say(person(), 'before')
    await session('create')
    await api.platform.acts.say(person(), 'hi')
    const text = { touser: openid(), msgtype: 'text', text: { content: 'hello' } }
    await api.post('/cgi-bin/message/custom/send', { ...text, customservice: { kf_account } })
    const [starttime, endtime] = [1_759_999_000, 1_760_000_100]
    const get = (body: object) =>
      api.post('/customservice/msgrecord/getmsglist', { starttime, endtime, ...body })
    const line = { openid: openid(), time: 1_760_000_000, worker: kf_account }
    const recordlist = [
      { ...line, opercode: 2003, text: 'hi' },
      { ...line, opercode: 2002, text: 'hello' },
    ]
    expect(await get({ msgid: 1, number: 10_000 })).toEqual({ recordlist, number: 2, msgid: 2 })
    expect(await get({ msgid: 2 })).toEqual({ recordlist: [recordlist[1]], number: 1, msgid: 2 })
    expect(await get({ endtime: 1_759_999_500 })).toEqual({ recordlist: [], number: 0, msgid: 0 })
    const page = { starttime, endtime, pageindex: 2, pagesize: 1 }
    expect(await api.post('/customservice/msgrecord/getrecord', page)).toEqual({
      recordlist: [recordlist[1]],
    })
    for (const [body, errcode] of [
      [{ endtime: starttime - 1 }, 65416],
      [{ msgid: 0 }, 65416],
      [{ number: 10_001 }, 65416],
      [{ endtime: starttime + 86_401 }, 65417],
    ] as const)
      expect(await get(body)).toMatchObject({ errcode })
  })

  it('are not for unverified accounts', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await add()).toMatchObject({ errcode: 48001 })
    expect(await session('create')).toMatchObject({ errcode: 48001 })
  })
})
