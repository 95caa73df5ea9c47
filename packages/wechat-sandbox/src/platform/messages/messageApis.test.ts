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

const person = () => api.platform.people[0]
const openid = () => api.platform.identities.openidOf(person())
const stranger = () => api.platform.identities.openidOf(api.platform.identities.person('lin'))
const custom = (message: object) => api.post('/cgi-bin/message/custom/send', { touser: openid(), ...message })
const hello = { msgtype: 'text', text: { content: '好' } }
const lastEntry = () => api.platform.conversations.of(openid()).at(-1)

describe('customer-service messages', () => {
  it('may be sent for 48 hours after the person wrote, 5 of them [custom-message-window] [custom-message-count]', async () => {
    expect(await custom(hello)).toMatchObject({ errcode: 45015 })
    await api.platform.acts.say(person(), 'hi')
    for (let count = 0; count < 5; count++) expect(await custom(hello)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await custom(hello)).toMatchObject({ errcode: 45047 })
    await api.platform.acts.say(person(), 'hi again')
    expect(await custom(hello)).toMatchObject({ errcode: 0 })
    api.forward(48 * 3600 + 1)
    expect(await custom(hello)).toMatchObject({ errcode: 45015 })
  })

  it('opening a page from the menu is no act, tapping a key is [menu-view-no-act]', async () => {
    const view = { type: 'view', name: 'Home', url: 'https://h5.example.com/' }
    api.platform.menu.create([view, { type: 'click', name: 'Help', key: 'HELP' }])
    await api.platform.acts.tapMenu(person(), [0])
    expect(await custom(hello)).toMatchObject({ errcode: 45015 })
    await api.platform.acts.tapMenu(person(), [1])
    expect(await custom(hello)).toMatchObject({ errcode: 0 })
  })

  it('of each type appear in the conversation [custom-message-types]', async () => {
    await api.platform.acts.say(person(), 'hi')
    const bytes = Buffer.from('x')
    const media_id = api.platform.media.add({ type: 'image', contentType: 'image/png', bytes })
    api.platform.switches.set('customMessages', 100)
    for (const [message, shown] of [
      [hello, { msgType: 'text', content: '好' }],
      [
        { msgtype: 'image', image: { media_id } },
        { msgType: 'image', mediaId: media_id },
      ],
      [
        { msgtype: 'voice', voice: { media_id } },
        { msgType: 'voice', mediaId: media_id },
      ],
      [
        { msgtype: 'video', video: { media_id, title: 't' } },
        { msgType: 'video', title: 't' },
      ],
      [
        { msgtype: 'music', music: { musicurl: 'u', hqmusicurl: 'h' } },
        { msgType: 'music', musicUrl: 'u' },
      ],
      [
        { msgtype: 'news', news: { articles: [{ title: 't', url: 'u', picurl: 'p' }] } },
        { msgType: 'news', articles: [{ title: 't', description: '', url: 'u', picUrl: 'p' }] },
      ],
    ] as const) {
      expect(await custom(message)).toMatchObject({ errcode: 0 })
      expect(lastEntry()).toMatchObject({ from: 'account', via: 'custom', message: shown })
    }
  })

  it('of articles, coupons, mini programs and from accounts of the customer service appear too [custom-message-types]', async () => {
    api.platform.switches.set('customMessages', 100)
    await api.platform.acts.say(person(), 'hi')
    const { media_id: cover } = await api.upload('/cgi-bin/material/add_material', png(), {
      query: { type: 'thumb' },
    })
    const articles = [{ title: 'A', digest: 'd', content: '<p>c</p>', thumb_media_id: cover }]
    const { media_id } = await api.post('/cgi-bin/draft/add', { articles })
    const url = expect.stringMatching(/\/s\/[\w-]+\/1$/)
    const picUrl = `${api.platform.url}/mmbiz/${String(cover)}`
    const news = { msgType: 'news', articles: [{ title: 'A', description: 'd', picUrl, url }] }
    expect(await custom({ msgtype: 'mpnews', mpnews: { media_id } })).toMatchObject({ errcode: 0 })
    expect(lastEntry()).toMatchObject({ via: 'custom', message: news })

    const { publish_id } = await api.post('/cgi-bin/freepublish/submit', { media_id })
    const { article_id } = await api.post('/cgi-bin/freepublish/get', { publish_id })
    expect(await custom({ msgtype: 'mpnewsarticle', mpnewsarticle: { article_id } })).toMatchObject({
      errcode: 0,
    })
    expect(lastEntry()).toMatchObject({ message: news })
    expect(await custom({ msgtype: 'mpnews', mpnews: { media_id } })).toMatchObject({ errcode: 40007 })
    const unknown = { msgtype: 'mpnewsarticle', mpnewsarticle: { article_id: 'x' } }
    expect(await custom(unknown)).toMatchObject({ errcode: 53600 })

    expect(await custom({ msgtype: 'wxcard', wxcard: { card_id: 'p1' } })).toMatchObject({ errcode: 0 })
    expect(lastEntry()).toMatchObject({ message: { msgType: 'wxcard', cardId: 'p1' } })
    const page = { title: 'M', appid: 'wx1', pagepath: 'pages/a', thumb_media_id: cover }
    expect(await custom({ msgtype: 'miniprogrampage', miniprogrampage: page })).toMatchObject({ errcode: 0 })
    expect(lastEntry()).toMatchObject({
      message: { msgType: 'miniprogrampage', appId: 'wx1', pagePath: 'pages/a' },
    })

    const by = (kf_account: string) => custom({ ...hello, customservice: { kf_account } })
    expect(await by('kf@test')).toMatchObject({ errcode: 65401 })
    await api.post('/customservice/kfaccount/add', { kf_account: 'kf@test', nickname: 'K' })
    expect(await by('kf@test')).toMatchObject({ errcode: 0 })
    expect(lastEntry()).toMatchObject({ kfAccount: 'kf@test' })
  })

  it('with a menu come back as a text with the id of the item [message-menu] [message-menu-test-account]', async () => {
    const list = [
      { id: '101', content: '满意' },
      { id: 102, content: '不满意' },
    ]
    const menu = { msgtype: 'msgmenu', msgmenu: { head_content: '满意吗？', list, tail_content: '谢谢' } }
    await api.platform.acts.say(person(), 'hi')
    expect(await custom(menu)).toMatchObject({ errcode: 0 })
    const items = [
      { id: '101', content: '满意' },
      { id: '102', content: '不满意' },
    ]
    expect(lastEntry()).toMatchObject({
      message: { msgType: 'msgmenu', head: '满意吗？', items, tail: '谢谢' },
    })
    await api.platform.acts.tapMessageMenu(person(), '102')
    const told = readXml(site.pushed.at(-1) ?? '')
    expect(['MsgType', 'Content', 'bizmsgmenuid'].map((name) => childText(told, name))).toEqual([
      'text',
      '不满意',
      '102',
    ])
    expect(() => api.platform.acts.tapMessageMenu(person(), '103')).toThrow('menu item "103"')
    api.platform.switches.set('account', 'test')
    expect(await custom(menu)).toMatchObject({ errcode: 40200 })
  })

  it('are announced by the typing sign, shortly after the person wrote and for a while [custom-typing]', async () => {
    const type = (command: string) =>
      api.post('/cgi-bin/message/custom/typing', { touser: openid(), command })
    const until = () => api.platform.conversations.typingUntil(openid())
    expect(await type('Typing')).toMatchObject({ errcode: 45080 })
    await api.platform.acts.say(person(), 'hi')
    expect(await type('Typing')).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(until()).toBe(api.platform.now() + 15_000)
    expect(await type('Typing')).toMatchObject({ errcode: 45081 })
    expect(await type('CancelTyping')).toMatchObject({ errcode: 0 })
    expect(until()).toBeUndefined()
    await type('Typing')
    await custom(hello)
    expect(until()).toBeUndefined()
    await type('Typing')
    api.forward(15)
    expect(until()).toBeUndefined()
    expect(await type('Sleeping')).toMatchObject({ errcode: 45072 })
    api.forward(16)
    expect(await type('Typing')).toMatchObject({ errcode: 45080 })
  })

  it.each([
    [{ ...hello, touser: 'o0' }, 40003],
    [{ msgtype: 'poem' }, 40008],
    [{ msgtype: 'text' }, 47001],
    [{ msgtype: 'text', text: { content: '' } }, 44004],
    [{ msgtype: 'text', text: { content: '好'.repeat(700) } }, 45002],
    [{ msgtype: 'image', image: { media_id: 'unknown' } }, 40007],
    [{ msgtype: 'news', news: { articles: [] } }, 45008],
    [{ msgtype: 'news', news: { articles: [{ title: 'x'.repeat(20_000) }] } }, 45002],
  ])('%.60j is %s [menu-size] [menu-name-bytes]', async (message, errcode) => {
    await api.platform.acts.say(person(), 'hi')
    expect(await custom(message)).toMatchObject({ errcode })
  })

  it('reach no one who does not follow, and come from no unverified account', async () => {
    await api.platform.acts.say(api.platform.identities.person('lin'), 'hi')
    expect(await custom({ ...hello, touser: stranger() })).toMatchObject({ errcode: 43004 })
    api.platform.switches.set('account', 'unverified')
    expect(await custom(hello)).toMatchObject({ errcode: 48001 })
  })
})

describe('template messages', () => {
  const send = (change: object = {}) => {
    const data = { character_string1: { value: 'A1' }, amount2: { value: 5 }, time3: { value: 'now' } }
    const template_id = api.platform.account.templates[0]?.id
    const url = 'https://h5.example.com/'
    return api.post('/cgi-bin/message/template/send', { touser: openid(), template_id, url, data, ...change })
  }

  it('appear with their fields, and the server hears of it [template-to-followers]', async () => {
    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok', msgid: expect.any(Number) })
    expect(lastEntry()).toMatchObject({
      via: 'template',
      message: {
        title: '订单支付成功通知',
        url: 'https://h5.example.com/',
        fields: [
          { name: '订单编号', value: 'A1' },
          { name: '支付金额', value: '5' },
          { name: '支付时间', value: 'now' },
        ],
      },
    })
    await expect.poll(site.events).toEqual(['TEMPLATESENDJOBFINISH'])
    expect(site.pushed[0]).toContain('<Status><![CDATA[success]]></Status>')
  })

  it('that the person blocks are reported as such, and not seen', async () => {
    api.platform.switches.set('messagesBlocked', true)
    expect(await send()).toMatchObject({ errcode: 0 })
    await expect.poll(() => site.pushed.join('')).toContain('failed:user block')
    expect(lastEntry()).toBeUndefined()
  })

  it('are refused for the reasons of the document [template-field-errors]', async () => {
    expect(await send({ touser: 'o0' })).toMatchObject({ errcode: 40003 })
    expect(await send({ template_id: 'other' })).toMatchObject({ errcode: 40037 })
    expect(await send({ touser: stranger() })).toMatchObject({ errcode: 43004 })
    expect(await send({ data: {} })).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('data.character_string1.value'),
    })
    api.platform.switches.set('account', 'subscription')
    expect(await send()).toMatchObject({ errcode: 48001 })
  })
})

it('a subscription notice is sent once for each consent [subscription-consent]', async () => {
  const templateId = api.platform.account.templates[1]?.id ?? ''
  const data = { thing1: { value: 'Hello' }, time2: { value: 'now' } }
  const body = { touser: openid(), template_id: templateId, page: 'https://h5.example.com/', data }
  const send = () => api.post('/cgi-bin/message/subscribe/bizsend', body)
  await api.platform.acts.answerSubscribe(person(), [{ templateId, status: 'reject' }])
  expect(await send()).toMatchObject({ errcode: 43101 })
  await api.platform.acts.answerSubscribe(person(), [{ templateId, status: 'accept' }])
  expect(await send()).toEqual({ errcode: 0, errmsg: 'ok' })
  expect(lastEntry()).toMatchObject({ via: 'subscribe', message: { url: 'https://h5.example.com/' } })
  expect(await send()).toMatchObject({ errcode: 43101 })
  await expect
    .poll(site.events)
    .toEqual(['subscribe_msg_popup_event', 'subscribe_msg_popup_event', 'subscribe_msg_sent_event'])
})
