import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const ok = { errcode: 0, errmsg: 'ok' }
const admin = (path: string, body: object) => api.post(`/cgi-bin/template/${path}`, body)
const list = async () =>
  (await api.get('/cgi-bin/template/get_all_private_template'))['template_list'] as Record<string, string>[]
const openid = () => api.platform.identities.openidOf(api.platform.people[0])

describe('the industries', () => {
  const choose = (industry_id1: string, industry_id2: string) =>
    admin('api_set_industry', { industry_id1, industry_id2 })
  const chosen = () => api.get('/cgi-bin/template/get_industry')

  it('are two of 41, chosen once a month [template-industries]', async () => {
    expect(await choose('13', '42')).toMatchObject({ errcode: 40102 })
    expect(await choose('13', '1')).toEqual(ok)
    expect(await chosen()).toEqual({
      primary_industry: { first_class: '运输与仓储', second_class: '快递' },
      secondary_industry: { first_class: 'IT科技', second_class: '互联网|电子商务' },
    })
    expect(await choose('41', '10')).toMatchObject({ errcode: 43100 })
    api.forward(31 * 86_400)
    expect(await choose('41', '10')).toEqual(ok)
    expect(await chosen()).toMatchObject({ primary_industry: { first_class: '其它' } })
  })
})

describe('the templates', () => {
  it('are picked, listed, sent and deleted [template-list] [template-library]', async () => {
    const keyword_name_list = ['活动名称', '开始时间', '报名费用']
    const picked = await admin('api_add_template', { template_id_short: '47123', keyword_name_list })
    const { template_id } = picked
    expect(picked).toEqual({ ...ok, template_id: expect.stringMatching(/^[\w-]{43}$/) })
    expect((await list()).find((one) => one['template_id'] === template_id)).toMatchObject({
      title: '模板 47123',
      primary_industry: 'IT科技',
      content: '活动名称:{{thing1.DATA}}\n开始时间:{{time2.DATA}}\n报名费用:{{amount3.DATA}}\n',
      example: expect.stringContaining('开始时间:2026年'),
    })
    const data = { thing1: { value: 'Tea' }, time2: { value: '15:00' }, amount3: { value: '¥1' } }
    const send = () => api.post('/cgi-bin/message/template/send', { touser: openid(), template_id, data })
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await admin('del_private_template', { template_id })).toEqual(ok)
    expect(await send()).toMatchObject({ errcode: 40037 })
    expect(await admin('del_private_template', { template_id })).toMatchObject({ errcode: 40037 })
  })

  it('of an industry come with their own keywords [template-library]', async () => {
    const { template_id } = await admin('api_add_template', { template_id_short: 'TM00015' })
    const added = (await list()).find((one) => one['template_id'] === template_id)
    expect(added?.['content']).toContain('{{keyword1.DATA}}')
    expect(await admin('api_add_template', { template_id_short: 'tea' })).toMatchObject({ errcode: 40037 })
    expect(await admin('api_add_template', { template_id_short: '47123' })).toMatchObject({ errcode: 40246 })
  })

  it('are 25 at most [template-list]', async () => {
    for (let at = (await list()).length; at < 25; at++)
      expect(await admin('api_add_template', { template_id_short: 'TM00015' })).toMatchObject(ok)
    expect(await admin('api_add_template', { template_id_short: 'TM00015' })).toMatchObject({
      errcode: 45026,
    })
  })

  it('are not for subscription accounts', async () => {
    api.platform.switches.set('account', 'subscription')
    expect(await admin('api_add_template', { template_id_short: 'TM00015' })).toMatchObject({
      errcode: 48001,
    })
  })
})
