import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const ok = { errcode: 0, errmsg: 'ok' }
const ask = (path: string, query: Record<string, string> = {}) => api.get(`/wxaapi/newtmpl/${path}`, query)
const add = (body: object | string) => api.post('/wxaapi/newtmpl/addtemplate', body)
const person = () => api.platform.people[0]
const openid = () => api.platform.identities.openidOf(person())

it('the library is gone through from category to keyword, and a notice sent [notice-list]', async () => {
  const { data: categories } = await ask('getcategory')
  const ids = (categories as { id: number }[]).map(({ id }) => id).join(',')
  const titles = await ask('getpubtemplatetitles', { ids, start: '0', limit: '1' })
  expect(titles).toEqual({
    ...ok,
    count: 3,
    data: [{ tid: 99, title: '付款成功通知', type: 2, categoryId: '616' }],
  })
  expect(await ask('getpubtemplatekeywords', { tid: '99' })).toEqual({
    ...ok,
    count: 3,
    data: [
      { kid: 1, name: '物品名称', example: expect.any(String), rule: 'thing' },
      { kid: 2, name: '付款金额', example: expect.any(String), rule: 'amount' },
      { kid: 3, name: '付款时间', example: expect.any(String), rule: 'time' },
    ],
  })
  const { priTmplId } = await add({ tid: '99', kidList: [3, 1], sceneDesc: '付款之后' })
  const templateId = String(priTmplId)
  expect(((await ask('gettemplate'))['data'] as object[]).at(-1)).toEqual({
    priTmplId,
    title: '付款成功通知',
    content: '付款时间:{{time3.DATA}}\n物品名称:{{thing1.DATA}}\n',
    example: expect.any(String),
    type: 2,
  })
  await api.platform.acts.answerSubscribe(person(), [{ templateId, status: 'accept' }])
  const data = { time3: { value: '15:00' }, thing1: { value: 'Tea' } }
  const notice = { touser: openid(), template_id: templateId, data }
  expect(await api.post('/cgi-bin/message/subscribe/bizsend', notice)).toEqual(ok)
  expect(await api.post('/wxaapi/newtmpl/deltemplate', { priTmplId })).toEqual(ok)
})

it.each([
  'tid=401&kidList=1&kidList=2&sceneDesc=%E6%B5%8B%E8%AF%95',
  'kidList[0]=1&kidList[1]=2&sceneDesc=x&tid=401',
  'tid=401&kidList%5B%5D=1&kidList%5B%5D=2',
])('%s is as good as JSON [notice-form]', async (form) => {
  const { priTmplId } = await add(form)
  expect(api.platform.account.templates.at(-1)).toMatchObject({
    id: priTmplId,
    fields: { thing1: '活动名称', time2: '开始时间' },
  })
})

it.each([
  [{ tid: 'x', kidList: [1, 2] }, 200014],
  [{ kidList: [1, 2] }, 200014],
  [{ tid: '99', kidList: [1] }, 200020],
  [{ tid: '99', kidList: [1, 9] }, 200020],
  [{ tid: '99', kidList: [1, 1] }, 200020],
  [{ tid: '99', kidList: [1, 2], sceneDesc: '一二三四五六七八九十一二三四五六' }, 200021],
])('%j is answered with %s [notice-list]', async (body, errcode) =>
  expect(await add(body)).toMatchObject({ errcode }),
)

it('50 notices are the most [notice-count]', async () => {
  const isNotice = ({ kind }: { kind: string }) => kind === 'notice'
  for (let at = api.platform.account.templates.filter(isNotice).length; at < 50; at++)
    await add({ tid: '99', kidList: [1, 2] })
  expect(await add({ tid: '99', kidList: [1, 2] })).toMatchObject({ errcode: 200012 })
})

it.each([
  [{}, 200018],
  [{ ids: '616' }, 200016],
  [{ ids: '616', start: '0', limit: '31' }, 200017],
])('titles of %j are refused with %s [notice-list]', async (query, errcode) =>
  expect(await ask('getpubtemplatetitles', query as Record<string, string>)).toMatchObject({ errcode }),
)

it('a notice that is none cannot be deleted [notice-unknown]', async () => {
  expect(await api.post('/wxaapi/newtmpl/deltemplate', { priTmplId: 'x' })).toMatchObject({ errcode: 20001 })
})
