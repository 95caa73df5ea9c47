import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

const mass = (name: string, body: object = {}) => api.post(`/cgi-bin/message/mass/${name}`, body)
const openidOf = (id: string) => api.platform.identities.openidOf(api.platform.identities.person(id))
const textOf = (content: string) => ({ msgtype: 'text', text: { content } })
const toAll = (message: object) => mass('sendall', { filter: { is_to_all: true }, ...message })
const toList = (touser: string[], message: object) => mass('send', { touser, ...message })
const followers = () => ['xiaoqing', 'amu'].map(openidOf)
/** What somebody's conversation has, as far as it came this way. */
const got = (id: string) =>
  api.platform.conversations
    .of(openidOf(id))
    .flatMap((entry) => (entry.from === 'account' && entry.via === 'mass' ? [entry.message] : []))

async function addNews(path: string): Promise<string> {
  const { media_id: thumb_media_id } = await api.upload('/cgi-bin/material/add_material', png(), {
    query: { type: 'image' },
  })
  const articles = ['One', 'Two'].map((title) => ({ title, content: `<p>${title}</p>`, thumb_media_id }))
  return String((await api.post(path, { articles }))['media_id'])
}

describe('sending to many', () => {
  it('reaches all followers, and the server hears how it went [mass-result]', async () => {
    const sent = await toAll(textOf('hello'))
    expect(sent).toEqual({ errcode: 0, errmsg: 'send job submission success', msg_id: expect.any(Number) })
    for (const id of ['xiaoqing', 'amu']) expect(got(id)).toEqual([{ msgType: 'text', content: 'hello' }])
    expect(got('lin')).toEqual([])
    await expect.poll(site.events).toEqual(['MASSSENDJOBFINISH'])
    expect(site.pushed[0]).toContain(
      `<MsgID>${String(sent['msg_id'])}</MsgID><Status><![CDATA[send success]]></Status><TotalCount>2</TotalCount>` +
        '<FilterCount>2</FilterCount><SentCount>2</SentCount><ErrorCount>0</ErrorCount>',
    )
    expect(site.pushed[0]).toContain('<FromUserName><![CDATA[mphelper]]></FromUserName>')
    const { msg_id } = sent
    expect(await mass('get', { msg_id: String(msg_id) })).toEqual({ msg_id, msg_status: 'SEND_SUCCESS' })
    expect(await mass('get', { msg_id: 1 })).toMatchObject({ errcode: 40059 })
  })

  it('can fail, and then nobody gets it [mass-result]', async () => {
    api.platform.switches.set('massOutcome', 'err(20013)')
    const { msg_id } = await toAll(textOf('hello'))
    expect(got('amu')).toEqual([])
    await expect.poll(() => site.pushed.join('')).toContain('<![CDATA[err(20013)]]>')
    expect(site.pushed[0]).toContain('<SentCount>0</SentCount><ErrorCount>2</ErrorCount>')
    expect(await mass('get', { msg_id })).toMatchObject({ msg_status: 'SEND_FAIL' })
  })

  it('of articles makes pages of a draft, and the draft is gone [mass-result] [draft-leaves] [publish-list]', async () => {
    const media_id = await addNews('/cgi-bin/draft/add')
    const sent = await toAll({ msgtype: 'mpnews', mpnews: { media_id }, send_ignore_reprint: 1 })
    expect(sent).toMatchObject({ errcode: 0, msg_data_id: expect.any(Number) })
    const [news] = got('amu')
    const urls = news?.msgType === 'news' ? news.articles.map(({ url }) => url) : []
    expect(await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).toEqual([
      expect.stringContaining('<p>One</p>'),
      expect.stringContaining('<p>Two</p>'),
    ])
    await expect
      .poll(() => site.pushed.join(''))
      .toContain(
        `<ArticleUrlResult><Count>2</Count><ResultList><item><ArticleIdx>1</ArticleIdx><ArticleUrl><![CDATA[${urls[0]}]]>`,
      )
    expect(await api.get('/cgi-bin/draft/count')).toEqual({ total_count: 0 })
    expect(await api.post('/cgi-bin/freepublish/batchget', {})).toMatchObject({ total_count: 0 })
  })

  it('takes articles that were uploaded for it, for three days [draft-box]', async () => {
    const media_id = await addNews('/cgi-bin/media/uploadnews')
    const send = () => toList(followers(), { msgtype: 'mpnews', mpnews: { media_id } })
    for (let count = 0; count < 2; count++) expect(await send()).toMatchObject({ errcode: 0 })
    api.forward(3 * 86_400)
    expect(await send()).toMatchObject({ errcode: 40007 })
  })

  it('takes every type of message', async () => {
    api.platform.switches.set('massPerMonth', 100)
    const add = (type: 'image' | 'voice' | 'video') =>
      api.platform.media.add({ type, contentType: 'x/y', bytes: Buffer.from('x') })
    const [image, voice, video] = [add('image'), add('voice'), add('video')]
    const words = { title: 'T', description: 'D' }
    const { media_id } = await api.post('/cgi-bin/media/uploadvideo', { media_id: video, ...words })
    for (const [message, shown] of [
      [
        { msgtype: 'image', image: { media_id: image } },
        { msgType: 'image', mediaId: image },
      ],
      [
        { msgtype: 'image', images: { media_ids: [image, image], recommend: 'see' } },
        { msgType: 'images', mediaIds: [image, image], words: 'see' },
      ],
      [
        { msgtype: 'voice', voice: { media_id: voice } },
        { msgType: 'voice', mediaId: voice },
      ],
      [
        { msgtype: 'mpvideo', mpvideo: { media_id } },
        { msgType: 'video', mediaId: media_id, ...words },
      ],
      [
        { msgtype: 'wxcard', wxcard: { card_id: 'p1' } },
        { msgType: 'wxcard', cardId: 'p1' },
      ],
    ] as const) {
      expect(await toList(followers(), message)).toMatchObject({ errcode: 0 })
      expect(got('amu').at(-1)).toEqual(shown)
    }
    for (const [message, errcode] of [
      [{ msgtype: 'poem' }, 40008],
      [{ msgtype: 'text' }, 47001],
      [textOf(''), 44004],
      [{ msgtype: 'image', image: { media_id: voice } }, 40007],
      [{ msgtype: 'mpnews', mpnews: { media_id: 'x' } }, 40007],
    ] as const)
      expect(await toList(followers(), message)).toMatchObject({ errcode })
  })

  it('goes to a list of 2 to 10,000, and only from a service account [mass-openids]', async () => {
    const hello = textOf('hello')
    expect(await toList(followers(), hello)).toMatchObject({ errcode: 0 })
    expect(await toList([openidOf('amu'), openidOf('amu')], hello)).toMatchObject({ errcode: 40130 })
    expect(await toList([openidOf('amu'), 'o0'], hello)).toMatchObject({ errcode: 40003 })
    const many = Array.from({ length: 10_001 }, (_, at) => `o${at}`)
    expect(await toList(many, hello)).toMatchObject({ errcode: 40032 })
    api.platform.switches.set('account', 'subscription')
    expect(await toList(followers(), hello)).toMatchObject({ errcode: 48001 })
  })

  it('goes to those with a tag that there is [mass-tag-without-people]', async () => {
    api.platform.tags.give([openidOf('amu')], 2)
    const { id: nobodys } = api.platform.tags.create('nobody')
    const send = (tag: object) => mass('sendall', { filter: tag, ...textOf('hello') })
    expect(await send({ is_to_all: false, tag_id: 2 })).toMatchObject({ errcode: 0 })
    expect([got('amu').length, got('xiaoqing').length]).toEqual([1, 0])
    expect(await send({ tag_id: String(nobodys) })).toMatchObject({ errcode: 0 })
    await expect.poll(() => site.pushed.join('')).toContain('<TotalCount>0</TotalCount>')
    expect(await send({ tag_id: nobodys + 1 })).toMatchObject({ errcode: 45159 })
    expect(await send({})).toMatchObject({ errcode: 40097 })
  })

  it('leaves out whom the account has put on its blacklist [mass-blacklist]', async () => {
    api.platform.blacklist.add(openidOf('amu'))
    expect(await toAll(textOf('hello'))).toMatchObject({ errcode: 0 })
    expect([got('amu').length, got('xiaoqing').length]).toEqual([0, 1])
    await expect
      .poll(() => site.pushed.join(''))
      .toContain('<TotalCount>2</TotalCount><FilterCount>1</FilterCount>')
  })

  it('is allowed four times a month and follower, once a day to other accounts [mass-month] [mass-quota-errcode]', async () => {
    for (let count = 0; count < 4; count++) expect(await toAll(textOf('x'))).toMatchObject({ errcode: 0 })
    expect(await toAll(textOf('x'))).toMatchObject({
      errcode: 45028,
      errmsg: expect.stringMatching(/^has no masssend quota/),
    })
    expect(await toList(followers(), textOf('x'))).toMatchObject({ errcode: 0 })
    await expect
      .poll(() => site.pushed.at(-1))
      .toContain('<TotalCount>2</TotalCount><FilterCount>0</FilterCount>')
    expect(got('amu')).toHaveLength(4)
    api.forward(31 * 86_400)
    expect(await toAll(textOf('x'))).toMatchObject({ errcode: 0 })
    expect(got('amu')).toHaveLength(5)
    api.platform.switches.set('account', 'subscription')
    expect(await toAll(textOf('x'))).toMatchObject({ errcode: 45028 })
    api.forward(86_400)
    expect(await toAll(textOf('x'))).toMatchObject({ errcode: 0 })
  })

  it('counts its calls [mass-calls]', () => {
    const { quotas } = api.platform
    const path = '/cgi-bin/message/mass/sendall'
    for (let count = 0; count < 60; count++) quotas.use(path)
    expect(() => quotas.use(path)).toThrow(/minute-quota/)
    expect(quotas.get(path)).toMatchObject({ daily_limit: 100 })
    expect(quotas.get('/cgi-bin/message/mass/preview')).toMatchObject({ daily_limit: 100 })
  })

  it('is not done twice under one clientmsgid within a day [mass-client-id]', async () => {
    const send = (clientmsgid: string) => toAll({ ...textOf('x'), clientmsgid })
    const { msg_id } = await send('first')
    expect(await send('first')).toMatchObject({ errcode: 45065, msg_id })
    expect(got('amu')).toHaveLength(1)
    expect(await send('x'.repeat(65))).toMatchObject({ errcode: 45067 })
    api.forward(86_400)
    expect(await send('first')).toMatchObject({ errcode: 0 })
  })

  it('is previewed by one follower, with the draft left as it is [mass-preview]', async () => {
    const media_id = await addNews('/cgi-bin/draft/add')
    const preview = (to: object) => mass('preview', { ...to, msgtype: 'mpnews', mpnews: { media_id } })
    const answer = await preview({ touser: openidOf('amu') })
    expect(answer).toEqual({ errcode: 0, errmsg: 'preview success', msg_id: expect.any(Number) })
    const entry = api.platform.conversations.of(openidOf('amu')).at(-1)
    expect(entry).toMatchObject({
      via: 'preview',
      message: { articles: [{ title: 'One' }, { title: 'Two' }] },
    })
    expect(await preview({ towxname: 'xiaoqing', touser: 'o0' })).toMatchObject({ errcode: 0 })
    for (const [to, errcode] of [
      [{ towxname: 'nobody' }, 40132],
      [{ touser: 'o0' }, 40003],
      [{ touser: openidOf('lin') }, 43004],
      [{}, 47001],
    ] as const)
      expect(await preview(to)).toMatchObject({ errcode })
    expect(await toAll({ msgtype: 'mpnews', mpnews: { media_id } })).toMatchObject({ errcode: 0 })
    expect(site.events().filter((event) => event === 'MASSSENDJOBFINISH').length).toBeLessThan(2)
  })

  it('is taken back as far as there are pages [mass-delete]', async () => {
    const media_id = await addNews('/cgi-bin/draft/add')
    const { msg_id } = await toAll({ msgtype: 'mpnews', mpnews: { media_id } })
    const [news] = got('amu')
    const urls = news?.msgType === 'news' ? news.articles.map(({ url }) => url) : []
    const isGone = async (at: number) =>
      (await (await fetch(urls[at] ?? '')).text()).includes('已被发布者删除')
    expect(await mass('delete', { msg_id, article_idx: 3 })).toMatchObject({ errcode: 40060 })
    expect(await mass('delete', { msg_id, article_idx: 2 })).toMatchObject({ errcode: 0 })
    expect([await isGone(0), await isGone(1)]).toEqual([false, true])
    expect(await mass('get', { msg_id })).toMatchObject({ msg_status: 'SEND_SUCCESS' })
    expect(await mass('delete', { url: urls[0] })).toMatchObject({ errcode: 0 })
    expect(await isGone(0)).toBe(true)
    expect(await mass('get', { msg_id })).toMatchObject({ msg_status: 'DELETE' })
    expect(got('amu')).toHaveLength(1)
    expect(await mass('delete', { msg_id: 1 })).toMatchObject({ errcode: 40059 })
  })

  it('has a speed [mass-speed]', async () => {
    expect(await mass('speed/get')).toEqual({ speed: 0, realspeed: 80 })
    expect(await mass('speed/set', { speed: 3 })).toMatchObject({ errcode: 0 })
    expect(await mass('speed/get')).toEqual({ speed: 3, realspeed: 30 })
    expect(await mass('speed/set', { speed: 5 })).toMatchObject({ errcode: 45083 })
    expect(await mass('speed/set')).toMatchObject({ errcode: 45084 })
  })

  it('is not for test accounts [mass-test-account]', async () => {
    api.platform.switches.set('account', 'test')
    expect(await toAll(textOf('x'))).toMatchObject({ errcode: 48001 })
  })
})
