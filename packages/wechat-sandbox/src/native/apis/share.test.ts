import { describe, expect, it } from 'vitest'
import { ARTICLE, CARD, ENTRY, openTestPage } from '../testPage.testing.ts'

const NEW = ['updateAppMessageShareData', 'updateTimelineShareData']
const OLD = ['appmessage', 'timeline', 'qq', 'weiboApp', 'QZone'].map((name) => `menu:share:${name}`)
const LEGACY = { title: 'L', desc: 'D', link: ARTICLE, img_url: 'i.jpg' }
const LINK_REFUSED = ':fail,link must be in js secure domain list'

describe.each(['ios', 'android'] as const)('%s', (os) => {
  const open = () => {
    const page = openTestPage(os)
    page.configured(...NEW, ...OLD)
    return page
  }

  it('shares what was set, in chats, favourites and QQ; Moments and QZone have their own [qq-and-qzone]', () => {
    const page = open()
    page.invoke('updateAppMessageShareData', CARD)
    for (const target of ['appmessage', 'favorite', 'qq'] as const)
      expect(page.card(target)).toEqual({ ...CARD, source: 'update' })
    for (const target of ['timeline', 'qzone', 'weibo'] as const)
      expect(page.card(target).source).toBe('default')
    page.invoke('updateTimelineShareData', { ...CARD, title: 'M', desc: undefined })
    for (const target of ['timeline', 'qzone'] as const)
      expect(page.card(target)).toEqual({ ...CARD, title: 'M', desc: '', source: 'update' })
  })

  it('a full load forgets the card', () => {
    const page = open()
    page.invoke('updateTimelineShareData', CARD)
    page.enter(ENTRY)
    expect(page.card('timeline')).toMatchObject({ source: 'default', title: 'Page' })
  })

  it.each([
    'https://evil.example/',
    'javascript:alert(1)',
    '/articles/a',
    'https://h5.example.com.evil.example/',
  ])('refuses a link to %s, in the new way and in the old [link-domain]', (link) => {
    const page = open()
    const { err_msg } = page.invoke('updateAppMessageShareData', { ...CARD, link })
    expect(err_msg).toBe(`updateAppMessageShareData${LINK_REFUSED}`)
    page.tap('appmessage')
    expect(page.invoke('sendAppMessage', { ...LEGACY, link }).err_msg).toBe(`sendAppMessage${LINK_REFUSED}`)
    expect(page.card('appmessage').source).toBe('default')
  })

  it('a port, a parent domain and a path of the console count', () => {
    const page = open()
    const answer = (link: string) => page.invoke('updateTimelineShareData', { ...CARD, link }).err_msg
    page.platform.account.jsDomains = ['example.com', 'other.example/shop', 'localhost:5173']
    expect(answer('https://a.b.example.com/')).toMatch(/:ok$/)
    expect(answer('https://example.com:8443/')).toContain(LINK_REFUSED)
    expect(answer('https://other.example/shop/1')).toMatch(/:ok$/)
    expect(answer('https://other.example/shopping')).toContain(LINK_REFUSED)
    expect(answer('http://localhost:5173/x')).toMatch(/:ok$/)
    expect(answer('http://localhost:5174/x')).toContain(LINK_REFUSED)
  })

  it('raw Chinese in a link: refused on iOS only [raw-chinese-link]', () => {
    const page = open()
    const answer = () => page.invoke('updateAppMessageShareData', { ...CARD, link: `${ENTRY}文章` }).err_msg
    expect(answer().endsWith(':ok')).toBe(os === 'android')
    page.app.quirks.chineseLinkOnIos = 'accepted'
    expect(answer()).toMatch(/:ok$/)
  })

  it.each(['link', 'imgUrl'])('without %s the card is taken and not used [incomplete-card]', (key) => {
    const page = open()
    const answer = () => page.invoke('updateAppMessageShareData', { ...CARD, [key]: undefined }).err_msg
    expect(answer()).toBe('updateAppMessageShareData:ok')
    expect(page.card('appmessage').source).toBe('default')
    page.app.quirks.cardWithoutLinkOrPicture = 'used'
    answer()
    expect(page.card('appmessage').source).toBe('update')
  })

  it.each([
    ['appmessage', 'sendAppMessage', 'send_app_msg:ok', 'friend'],
    ['favorite', 'sendAppMessage', 'send_app_msg:ok', 'favorite'],
    ['timeline', 'shareTimeline', 'share_timeline:ok', 'timeline'],
    ['qq', 'shareQQ', 'shareQQ:ok', 'friend'],
    ['weibo', 'shareWeiboApp', 'shareWeiboApp:ok', 'friend'],
    ['qzone', 'shareQZone', 'shareQZone:ok', 'friend'],
  ] as const)(
    'to %s the old way: %s answers %s, and only from the menu [legacy-from-menu]',
    (target, invoke, reply, scene) => {
      const page = open()
      expect(page.invoke(invoke, LEGACY).err_msg).not.toContain('ok')
      expect(page.tap(target)).toMatchObject({ needsHandler: true, scene })
      expect(page.invoke(invoke, LEGACY).err_msg).toBe(reply)
      expect(page.card(target)).toMatchObject({ title: 'L', imgUrl: 'i.jpg', source: 'legacy' })
      expect(page.invoke(invoke, LEGACY).err_msg).not.toContain('ok')
    },
  )

  it('the old way shares nothing that is not listed (JSSDK自定义分享接口的策略调整) [default-card-without-config]', () => {
    const page = openTestPage(os)
    page.tap('appmessage')
    expect(page.invoke('sendAppMessage', LEGACY).err_msg).not.toContain('ok')
    expect(page.card('appmessage').source).toBe('default')
  })

  it('new data wins over an old handler, unless switched [new-data-wins]', () => {
    const page = open()
    page.invoke('updateAppMessageShareData', CARD)
    expect(page.tap('appmessage').needsHandler).toBe(false)
    page.app.quirks.updateDataAndHandler = 'handler wins'
    expect(page.tap('appmessage').needsHandler).toBe(true)
    page.invoke('sendAppMessage', LEGACY)
    expect(page.card('appmessage').source).toBe('legacy')
  })

  it('without data the card is the page itself, hash and all; its address on iOS is the entry [default-card] [default-card-entry]', () => {
    const link = os === 'ios' ? `${ENTRY}#hash` : `${ARTICLE}#/route`
    const card = { title: 'Page', desc: link, link, imgUrl: 'big.jpg', source: 'default' }
    expect(open().card('appmessage', `${ARTICLE}#/route`)).toEqual(card)
    expect(open().card('appmessage', `${ENTRY}#/route`)).toMatchObject({ link: `${ENTRY}#/route` })
  })
})

it('Android builds that are deaf to the new way without the old names [android-legacy-names]', () => {
  const page = openTestPage('android')
  page.app.quirks.androidCardNeedsLegacyNames = 'yes'
  page.configured(...NEW)
  expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toMatch(/:ok$/)
  expect(page.card('appmessage').source).toBe('default')
  page.configured(...OLD)
  page.invoke('updateAppMessageShareData', CARD)
  expect(page.card('appmessage').source).toBe('update')
})

it('iOS that refuses cards away from the entry address [ios-away-from-entry]', () => {
  const page = openTestPage('ios')
  page.app.quirks.iosCardAwayFromEntry = 'refused'
  page.configured(...NEW, 'scanQRCode')
  expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toMatch(/:ok$/)
  expect(page.invoke('updateAppMessageShareData', CARD, ARTICLE).err_msg).toContain('offline verifying')
  expect(page.invoke('scanQRCode', {}, ARTICLE).err_msg).toBe('scanQRCode:ok')
})
