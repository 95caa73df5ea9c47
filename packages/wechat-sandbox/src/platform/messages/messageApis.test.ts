import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { childText, readXml } from '../push/xml.ts'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
let site: Server
let pushed: string[]
beforeEach(async () => {
  pushed = []
  site = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    pushed.push(body)
    res.end('success')
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const address = site.address()
  const port = typeof address === 'object' ? address?.port : undefined
  api = await startTestApi({ push: { url: `http://127.0.0.1:${port}/` } })
})
afterEach(async () => {
  await api.close()
  site.closeAllConnections()
  site.close()
})

const person = () => api.platform.people[0]
const openid = () => api.platform.identities.openidOf(person())
const stranger = () => api.platform.identities.openidOf(api.platform.identities.person('lin'))
const custom = (message: object) => api.post('/cgi-bin/message/custom/send', { touser: openid(), ...message })
const hello = { msgtype: 'text', text: { content: '好' } }
const lastEntry = () => api.platform.conversations.of(openid()).at(-1)
const events = () => pushed.map((body) => childText(readXml(body), 'Event'))

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

  it.each([
    [{ ...hello, touser: 'o0' }, 40003],
    [{ msgtype: 'poem' }, 40008],
    [{ msgtype: 'text' }, 47001],
    [{ msgtype: 'text', text: { content: '' } }, 44004],
    [{ msgtype: 'text', text: { content: '好'.repeat(700) } }, 45002],
    [{ msgtype: 'image', image: { media_id: 'unknown' } }, 40007],
    [{ msgtype: 'news', news: { articles: [] } }, 45008],
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
    await expect.poll(events).toEqual(['TEMPLATESENDJOBFINISH'])
    expect(pushed[0]).toContain('<Status><![CDATA[success]]></Status>')
  })

  it('that the person blocks are reported as such, and not seen', async () => {
    api.platform.switches.set('messagesBlocked', true)
    expect(await send()).toMatchObject({ errcode: 0 })
    await expect.poll(() => pushed.join('')).toContain('failed:user block')
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
    .poll(events)
    .toEqual(['subscribe_msg_popup_event', 'subscribe_msg_popup_event', 'subscribe_msg_sent_event'])
})
