// An iPhone that takes cards only at the address at which the document was entered.
import { beforeEach, expect, it } from 'vitest'
import { ARTICLE, card, ENTRY, FakePage, IOS } from './fakeWx.ts'

const REFUSED = 'updateTimelineShareData:the permission value is offline verifying'
let page: FakePage
beforeEach(() => {
  page = new FakePage()
  page.wx.answerConfig = ({ signature }) => (signature === ENTRY ? 'config:ok' : 'config:invalid signature')
  page.wx.shareReply = () => (page.location.href === ENTRY ? 'update:ok' : REFUSED)
})

it('is found out with one signature, remembered for the visit, and makes the next navigation a full load', async () => {
  const jssdk = page.open(IOS)
  expect(await jssdk.share(card)).toBe('set')
  page.signed.length = 0
  expect(jssdk.needsFullLoad('/articles/a')).toBe(false)

  page.location.href = ARTICLE
  await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'not_permitted', message: REFUSED })
  expect(page.signed.map(({ url }) => url)).toEqual([ARTICLE])
  expect(jssdk.needsFullLoad('/articles/b')).toBe(true)
  expect(jssdk.needsFullLoad('/')).toBe(false) // there the entry's card is right

  const { length } = page.wx.called
  page.location.href = `${ARTICLE}b`
  await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'not_permitted', message: REFUSED })
  expect([page.signed.length, page.wx.called.length]).toEqual([1, length])

  page.location.href = ENTRY
  expect(await jssdk.share(card)).toBe('set')
})

it('is known to the next document, and unlearnt where the entry refuses as well', async () => {
  page.stored.set('wechat-cards-at-entry-only', REFUSED)
  const jssdk = page.open(IOS)
  expect(jssdk.needsFullLoad('/articles/a')).toBe(true)
  page.wx.shareReply = () => REFUSED
  await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'not_permitted' })
  expect([jssdk.needsFullLoad('/articles/a'), page.stored.size]).toEqual([false, 0])
})

it('an account that may not share at all loads nothing as a whole', async () => {
  page.wx.shareReply = () => 'updateTimelineShareData:permission denied'
  page.location.href = ARTICLE
  const jssdk = page.open(IOS)
  await jssdk.share(card).catch(() => undefined)
  expect(jssdk.needsFullLoad('/')).toBe(false)
  expect(jssdk.needsFullLoad('/articles/b')).toBe(false)
})

it('works where nothing can be stored', async () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError')
  }
  Object.assign(page.window.sessionStorage, { getItem: blocked, setItem: blocked, removeItem: blocked })
  const jssdk = page.open(IOS)
  await jssdk.share(card)
  page.location.href = ARTICLE
  await jssdk.share(card).catch(() => undefined)
  expect(jssdk.needsFullLoad('/articles/b')).toBe(true)
})
