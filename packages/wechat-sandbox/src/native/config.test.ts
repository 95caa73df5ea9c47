import { describe, expect, it } from 'vitest'
import { ARTICLE, CARD, ENTRY, openTestPage } from './testPage.testing.ts'

const SYSTEMS = ['ios', 'android', 'harmony'] as const

describe.each(SYSTEMS)('%s', (os) => {
  it('accepts a signature of the page, hash or not [signature-string]', () => {
    const page = openTestPage(os)
    expect(page.config(ENTRY, `${ENTRY}#part`)).toEqual({ err_msg: 'preVerifyJSAPI:ok' })
  })

  it('refuses a wrong signature and tells the address that counts [real-auth-url]', () => {
    const reply = openTestPage(os).config('https://h5.example.com/other', `${ENTRY}#x`)
    expect(reply).toEqual({
      err_msg: 'preVerifyJSAPI:fail_invalid signature',
      realAuthUrl: os === 'android' ? `[${ENTRY}, ${ENTRY}]` : ENTRY,
    })
  })

  it.each([
    ['a foreign AppID', { verifyAppId: 'wx0' }, 'fail_invalid url domain'],
    ['a missing timestamp', { verifyTimestamp: '' }, 'fail'],
    ['a timestamp that the script never got', { verifyTimestamp: 'undefined' }, 'fail'],
    ['a missing nonce', { verifyNonceStr: undefined }, 'fail'],
    ['a missing signature', { verifySignature: undefined }, 'fail'],
  ])('refuses %s', (_case, change, text) =>
    expect(openTestPage(os).config(ENTRY, ENTRY, change)).toEqual({
      err_msg: `preVerifyJSAPI:${text}`,
      ...(os === 'android' ? { realAuthUrl: `[${ENTRY}, ${ENTRY}]` } : {}),
    }),
  )

  it('refuses a page on a domain that is not in the console', () => {
    const page = openTestPage(os)
    page.platform.account.jsDomains = ['other.example.com']
    expect(page.config(ENTRY).err_msg).toBe('preVerifyJSAPI:fail_invalid url domain')
  })

  it('a ticket that is no longer valid signs nothing', () => {
    const page = openTestPage(os)
    page.platform.tokens.killTickets()
    expect(page.config(ENTRY).err_msg).toContain('invalid signature')
  })

  it('allows only what was listed, in the wording of the system [denial-words] [denial-wording]', () => {
    const page = openTestPage(os)
    const refused =
      os === 'ios'
        ? 'updateAppMessageShareData:fail, the permission value is offline verifying'
        : 'system:access_denied'
    expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toBe(refused)
    page.configured('updateTimelineShareData')
    expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toBe(refused)
    expect(page.invoke('updateTimelineShareData', CARD).err_msg).toBe('updateTimelineShareData:ok')
  })

  it('permissions of two configs add up [permissions-add-up]', () => {
    const page = openTestPage(os)
    page.configured('scanQRCode')
    page.configured('startRecord')
    expect(page.invoke('startRecord').err_msg).toBe('startRecord:ok')
    expect(page.invoke('scanQRCode').err_msg).toBe('scanQRCode:ok')
  })

  it.each(['nonsense', 'constructor', '__proto__', 'menu:share:appmessage', 'invokeMiniProgramAPI'])(
    'has nothing called %s',
    (name) => {
      const page = openTestPage(os)
      page.configured(name)
      expect(page.invoke(name).err_msg).toBe('system:function_not_exist')
    },
  )

  it('a full load forgets grants', () => {
    const page = openTestPage(os)
    page.configured('updateTimelineShareData')
    page.enter(ENTRY)
    expect(page.invoke('updateTimelineShareData', CARD).err_msg).not.toContain(':ok')
  })

  it.each([
    'getNetworkType',
    'closeWindow',
    'hideOptionMenu',
    'showOptionMenu',
    'imagePreview',
    'checkJsApi',
  ])('%s needs no config [free-apis]', (name) => {
    const { err_msg } = openTestPage(os).invoke(name)
    expect(err_msg).toBe(name === 'getNetworkType' ? 'network_type:wifi' : `${name}:ok`)
  })

  it('checkJsApi: JSON text on Android, an object elsewhere [check-result-encoding] [check-js-api]', () => {
    const page = openTestPage(os)
    page.configured('updateTimelineShareData', 'menu:share:timeline')
    const jsApiList = ['updateTimelineShareData', 'menu:share:timeline', 'scanQRCode', 'nonsense']
    const { checkResult } = page.invoke('checkJsApi', { jsApiList })
    expect(typeof checkResult).toBe(os === 'android' ? 'string' : 'object')
    const told = os === 'android' ? JSON.parse(String(checkResult)) : checkResult
    const granted = { updateTimelineShareData: true, 'menu:share:timeline': true }
    expect(told).toEqual({ ...granted, scanQRCode: true, nonsense: false })

    page.app.quirks.checkJsApiTells = 'what is granted'
    const now = page.invoke('checkJsApi', { jsApiList }).checkResult
    expect(os === 'android' ? JSON.parse(String(now)) : now).toEqual({
      ...granted,
      scanQRCode: false,
      nonsense: false,
    })
  })
})

it('iOS: the entry address counts for the whole document [ios-judges-entry]', () => {
  const page = openTestPage('ios')
  const list = { verifyJsApiList: ['updateAppMessageShareData'] }
  expect(page.config(ARTICLE, ARTICLE, list).err_msg).toContain('invalid signature')
  expect(page.config(ENTRY, ARTICLE, list).err_msg).toBe('preVerifyJSAPI:ok')
  expect(page.invoke('updateAppMessageShareData', CARD, `${ARTICLE}?x=1`).err_msg).toContain(':ok')
})

it.each(['android', 'harmony'] as const)(
  '%s: the current address counts, and each has its grant [android-judges-current]',
  (os) => {
    const page = openTestPage(os)
    const list = { verifyJsApiList: ['updateAppMessageShareData'] }
    expect(page.config(ENTRY, ARTICLE, list).err_msg).toContain('invalid signature')
    expect(page.config(ARTICLE, ARTICLE, list).err_msg).toBe('preVerifyJSAPI:ok')
    expect(page.invoke('updateAppMessageShareData', CARD, ENTRY).err_msg).toBe('system:access_denied')
    expect(page.invoke('updateAppMessageShareData', CARD, ARTICLE).err_msg).toContain(':ok')
  },
)

it('iOS as single reports have it: the current address counts there too', () => {
  const page = openTestPage('ios')
  page.app.quirks.iosJudgesBy = 'current'
  expect(page.config(ARTICLE, ARTICLE).err_msg).toBe('preVerifyJSAPI:ok')
  expect(page.config(ENTRY, ARTICLE).err_msg).toContain('invalid signature')
})

it('Android tells two addresses, the current one first, with every refusal [real-auth-url]', () => {
  const page = openTestPage('android')
  page.enter(ENTRY)
  const realAuthUrl = `[${ARTICLE}, ${ENTRY}]`
  expect(page.config('https://h5.example.com/x', ARTICLE)).toMatchObject({ realAuthUrl })
  page.platform.account.jsDomains = ['other.example.com']
  expect(page.config(ARTICLE)).toMatchObject({ err_msg: expect.stringContaining('domain'), realAuthUrl })
})

it('Android may hold a signature against the entry address, or either: a quirk [android-judges-current]', () => {
  const page = openTestPage('android')
  page.app.quirks.androidJudgesBy = 'entry'
  expect(page.config(ENTRY, ARTICLE).err_msg).toBe('preVerifyJSAPI:ok')
  expect(page.config(ARTICLE, ARTICLE).err_msg).toContain('invalid signature')
  page.app.quirks.androidJudgesBy = 'either'
  for (const signed of [ENTRY, ARTICLE])
    expect(page.config(signed, ARTICLE).err_msg).toBe('preVerifyJSAPI:ok')
  expect(page.config('https://h5.example.com/x', ARTICLE).err_msg).toContain('invalid signature')
})

it.each(['ios', 'android'] as const)(
  '%s: in which words a call is refused is a quirk [denial-wording]',
  (os) => {
    const page = openTestPage(os)
    page.app.quirks.denialWording = 'offline verifying'
    const offline = 'scanQRCode:fail, the permission value is offline verifying'
    expect(page.invoke('scanQRCode').err_msg).toBe(offline)
    page.app.quirks.denialWording = 'permission denied'
    expect(page.invoke('scanQRCode').err_msg).toBe('system:access_denied')
  },
)

it('an older WeChat does not have what came later [update-share-since]', () => {
  const page = openTestPage('android', { device: { version: '6.7.1' } })
  page.configured('updateAppMessageShareData', 'scanQRCode')
  expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toBe('system:function_not_exist')
  expect(page.invoke('scanQRCode').err_msg).toBe('scanQRCode:ok')
  const ancient = openTestPage('android', { device: { version: '6.0.1' } })
  expect(ancient.config(ENTRY).err_msg).toBe('system:function_not_exist')
})

it.each(['ios', 'android'] as const)(
  '%s: an account that is not verified shares nothing [no-permission-list] [share-needs-verified]',
  (os) => {
    const page = openTestPage(os)
    page.platform.switches.set('account', 'unverified')
    const reply = page.configured('updateAppMessageShareData', 'scanQRCode')
    expect(reply).toEqual({
      err_msg: 'preVerifyJSAPI:ok',
      noPermissionJsApi: os === 'android' ? '["updateAppMessageShareData"]' : ['updateAppMessageShareData'],
    })
    expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toBe('system:access_denied')
    expect(page.calls.at(-1)?.explanation?.causes[0]?.id).toBe('account_lacks')
    expect(page.invoke('scanQRCode').err_msg).toBe('scanQRCode:ok')
  },
)

it('a test account is for its followers [follow-test-account]', () => {
  const page = openTestPage('ios')
  const { switches, followers, identities, people } = page.platform
  switches.set('account', 'test')
  followers.remove(identities.openidOf(people[0]))
  expect(page.configured('scanQRCode')).toEqual({ err_msg: 'preVerifyJSAPI:fail_require subscribe' })
  expect(page.calls.at(-1)?.explanation?.causes[0]?.id).toBe('must_follow')
  followers.add(identities.openidOf(people[0]))
  expect(page.configured('scanQRCode').err_msg).toBe('preVerifyJSAPI:ok')
})
