// Where the new share APIs are refused though the config is good.
import { beforeEach, expect, it } from 'vitest'
import { ANDROID, ARTICLE, card, ENTRY, FakePage, IOS, type FakeWx } from './fakeWx.ts'

let page: FakePage
let wx: FakeWx
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
})

const REFUSED = 'updateTimelineShareData:the permission value is offline verifying'
const TOO_OLD = 'updateTimelineShareData:function not exist'

it.each([
  ['iOS away from the entry address', IOS, ARTICLE, REFUSED],
  ['WeChat before 6.7.2', ANDROID, ENTRY, TOO_OLD],
])('%s: the old handlers take over', async (_case, userAgent, address, reply) => {
  wx.shareReply = () => reply
  page.location.href = address
  expect(await page.open(userAgent).share(card)).toBe('legacy')
  const data = { title: 'T', desc: 'D', link: address, imgUrl: 'https://h5.example.com/cover.jpg' }
  expect(wx.legacy).toEqual([data, data])
})

it('where an earlier card stands nobody can say which one is shared: that is a failure', async () => {
  const jssdk = page.open(IOS)
  await jssdk.share(card)
  page.location.href = ARTICLE
  wx.shareReply = () => REFUSED
  await expect(jssdk.share({ ...card, title: 'next' })).rejects.toMatchObject({ code: 'not_permitted' })
  expect(wx.legacy.map(({ title }) => title)).toEqual(['next', 'next'])
})

it('an account without the permission has no old way either', async () => {
  wx.shareReply = () => 'updateTimelineShareData:permission denied'
  await expect(page.open(ANDROID).share(card)).rejects.toMatchObject({ code: 'not_permitted' })
  expect([wx.legacy, wx.configs.length]).toEqual([[], 1])
})

it('an old handler never shows an old card', async () => {
  wx.shareReply = () => TOO_OLD
  const jssdk = page.open(IOS)
  await jssdk.share(card)
  wx.shareReply = () => 'updateTimelineShareData:ok'
  expect(await jssdk.share({ ...card, title: 'next' })).toBe('set')
  expect(wx.legacy.map(({ title }) => title)).toEqual(['next', 'next'])
})

it('a refused config brings no old handlers: they would be refused as well', async () => {
  wx.answerConfig = () => 'config:invalid signature'
  await expect(page.open(IOS).share(card)).rejects.toMatchObject({ code: 'config_refused' })
  expect(wx.legacy).toEqual([])
})

it('a page out of the back-forward cache is configured again', async () => {
  const jssdk = page.open(IOS)
  await jssdk.share(card)
  page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  await jssdk.share(card)
  expect(wx.configs).toHaveLength(1)
  page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  await jssdk.share(card)
  expect(wx.configs).toHaveLength(2)
})

it('what WeChat was asked is remembered, with its answers and without signatures', async () => {
  wx.answerConfig = (config) =>
    config.signature.includes('articles') ? 'config:ok' : 'config:invalid signature'
  page.location.href = 'https://h5.example.com/articles/a'
  const jssdk = page.open(IOS)
  await jssdk.share(card)
  expect(jssdk.asked.map(({ name, by, source, answer }) => [name, by, source, answer])).toEqual([
    ['config', 'entry', 'server', 'config:invalid signature'],
    ['config', 'current', 'server', 'config:ok'],
    ['updateAppMessageShareData', undefined, undefined, 'updateAppMessageShareData:ok'],
    ['updateTimelineShareData', undefined, undefined, 'updateAppMessageShareData:ok'],
  ])
  expect(JSON.stringify(jssdk.asked)).not.toMatch(/signature":|nonceStr/)
})
