import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'
import { startTestSite, type TestSite } from '../testSite.testing.ts'

// The clock stands at 16:53:20 of this day in Beijing.
const TODAY = '2025-10-09'
const DAY = 86_400

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

const person = (id: string) => api.platform.identities.person(id)
const openidOf = (id: string) => api.platform.identities.openidOf(person(id))
const ask = (name: string, begin_date = TODAY, end_date = begin_date) =>
  api.post(`/datacube/${name}`, { begin_date, end_date })
const listOf = async (name: string, begin?: string, end?: string) => (await ask(name, begin, end))['list']

describe('statistics', () => {
  it('are told until yesterday [statistics-period]', async () => {
    expect(await ask('getusersummary')).toMatchObject({ errcode: 61501 })
    api.forward(DAY)
    expect(await ask('getusersummary')).toHaveProperty('list')
    expect(await ask('getusersummary', '2025-10-03', TODAY)).toHaveProperty('list')
    expect(await ask('getusersummary', '2025-10-02', TODAY)).toMatchObject({ errcode: 61501 })
    expect(await ask('getusersummary', TODAY, '2025-10-08')).toMatchObject({ errcode: 61501 })
    for (const wrong of ['yesterday', '2025-13-01', '2025-02-30', '20251009'])
      expect(await ask('getusersummary', wrong)).toMatchObject({ errcode: 61500 })
  })

  it('count who comes and goes [statistics-fields] [statistics-sources]', async () => {
    await api.platform.acts.follow(person('lin'), 'door')
    await api.platform.acts.unfollow(person('amu'))
    api.forward(2 * DAY)
    await api.platform.acts.unfollow(person('lin'))
    expect(await listOf('getusersummary', TODAY, '2025-10-10')).toEqual([
      { ref_date: TODAY, user_source: 0, new_user: 0, cancel_user: 1 },
      { ref_date: TODAY, user_source: 1, new_user: 2, cancel_user: 0 },
      { ref_date: TODAY, user_source: 30, new_user: 1, cancel_user: 0 },
      { ref_date: '2025-10-10', user_source: 0, new_user: 0, cancel_user: 0 },
    ])
    expect(await listOf('getusercumulate', '2025-10-08', '2025-10-10')).toEqual([
      { ref_date: '2025-10-08', cumulate_user: 0 },
      { ref_date: TODAY, cumulate_user: 2 },
      { ref_date: '2025-10-10', cumulate_user: 2 },
    ])
  })

  it('count what people write, by hour, day, week and month [statistics-fields]', async () => {
    for (let count = 0; count < 6; count++) await api.platform.acts.say(person('xiaoqing'), 'hello')
    await api.platform.acts.say(person('amu'), 'hello')
    await api.platform.acts.say(person('amu'), { msgType: 'image', picUrl: 'p', mediaId: 'm' })
    api.forward(DAY)
    const texts = { msg_type: 1, msg_user: 2, msg_count: 7 }
    const pictures = { msg_type: 2, msg_user: 1, msg_count: 1 }
    const rows = (time: object) => [texts, pictures].map((row) => ({ ...time, ...row }))
    expect(await listOf('getupstreammsg')).toEqual(rows({ ref_date: TODAY }))
    expect(await listOf('getupstreammsghour')).toEqual(rows({ ref_date: TODAY, ref_hour: 1600 }))
    expect(await listOf('getupstreammsgweek')).toEqual(rows({ ref_date: '2025-10-06' }))
    expect(await listOf('getupstreammsgmonth')).toEqual(rows({ ref_date: '2025-10-01' }))
    const spread = (ref_date: string) => [
      { ref_date, count_interval: 2, msg_user: 1 },
      { ref_date, count_interval: 1, msg_user: 1 },
    ]
    expect(await listOf('getupstreammsgdist')).toEqual(spread(TODAY))
    expect(await listOf('getupstreammsgdistweek')).toEqual(spread('2025-10-06'))
    expect(await listOf('getupstreammsgdistmonth')).toEqual(spread('2025-10-01'))
  })

  it('count how the server took what it was told [statistics-fields] [statistics-sources]', async () => {
    await api.platform.acts.say(person('xiaoqing'), 'hello')
    api.platform.switches.set('pushRetries', 2)
    api.platform.account.push.url = 'http://127.0.0.1:9/'
    await api.platform.acts.say(person('xiaoqing'), 'anybody?')
    api.forward(DAY)
    const counted = {
      ref_date: TODAY,
      callback_count: 4,
      fail_count: 3,
      total_time_cost: expect.any(Number),
      max_time_cost: expect.any(Number),
    }
    expect(await listOf('getinterfacesummary')).toEqual([counted])
    expect(await listOf('getinterfacesummaryhour')).toEqual([{ ...counted, ref_hour: 1600 }])
  })

  it('are not for unverified accounts [statistics-account]', async () => {
    api.platform.switches.set('account', 'unverified')
    expect(await ask('getusersummary')).toMatchObject({ errcode: 48001 })
  })
})

it('articles count by who has read them [statistics-of-articles] [statistics-of-few]', async () => {
  const thumb_media_id = api.platform.materials.add({
    type: 'thumb',
    name: 'a.png',
    contentType: 'image/png',
    bytes: Buffer.from('x'),
  })
  const articles = ['Tea', 'More tea'].map((title) => ({ title, content: '<p>Tea</p>', thumb_media_id }))
  const { media_id } = await api.post('/cgi-bin/draft/add', { articles })
  const touser = [openidOf('xiaoqing'), openidOf('amu')]
  const mass = { touser, mpnews: { media_id }, msgtype: 'mpnews', send_ignore_reprint: 0 }
  const { msg_data_id } = await api.post('/cgi-bin/message/mass/send', mass)
  const entry = api.platform.conversations.of(openidOf('amu')).at(-1)
  const shown = entry?.from === 'account' && entry.message.msgType === 'news' ? entry.message.articles : []
  const open = (id: string) =>
    api.fetch(new URL(shown[1]?.url ?? '').pathname, { headers: { cookie: `wechat_person=${id}` } })
  await open('amu')
  api.forward(DAY)
  await open('amu')
  await open('xiaoqing')
  api.forward(DAY)
  const none = {
    ...{ ori_page_read_user: 0, ori_page_read_count: 0 },
    ...{ share_user: 0, share_count: 0, add_to_fav_user: 0, add_to_fav_count: 0 },
  }
  const [one, two] = [1, 2].map((count) => ({
    int_page_read_user: count,
    int_page_read_count: count,
    ...none,
  }))
  const second = { msgid: `${String(msg_data_id)}_2`, title: 'More tea' }
  expect(await listOf('getarticlesummary', '2025-10-10')).toEqual([
    { ref_date: '2025-10-10', user_source: 0, ...second, ...two },
  ])
  expect(await listOf('getarticletotal')).toMatchObject([
    { msgid: `${String(msg_data_id)}_1`, details: [{ int_page_read_count: 0 }, { int_page_read_count: 0 }] },
    {
      ref_date: TODAY,
      ...second,
      details: [
        { stat_date: TODAY, target_user: 2, ...one },
        { stat_date: '2025-10-10', target_user: 2, int_page_read_user: 2, int_page_read_count: 3 },
      ],
    },
  ])
  const sources = (time: object, counts?: object) =>
    [99_999_999, 0].map((user_source) => ({ ...time, user_source, ...counts }))
  expect(await listOf('getuserread', TODAY, '2025-10-10')).toEqual([
    ...sources({ ref_date: TODAY }, one),
    ...sources({ ref_date: '2025-10-10' }, two),
  ])
  expect(await listOf('getuserreadhour')).toEqual(sources({ ref_date: TODAY, ref_hour: 1600 }, one))
  expect(await listOf('getusershare')).toEqual([])
})
