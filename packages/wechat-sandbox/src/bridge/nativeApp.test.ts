import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createPlatform, type Platform } from '../platform/platform.ts'
import { device, type Os } from './device.ts'
import type { NativeReply, SharedCard, ShareTarget } from './messages.ts'
import { createNativeApp, type NativeApp } from './nativeApp.ts'

const ENTRY = 'https://h5.example.com/'
const ARTICLE = 'https://h5.example.com/articles/a'
const SHARE = ['updateAppMessageShareData', 'updateTimelineShareData', 'menu:share:appmessage']
const data = { title: 'T', desc: 'D', link: ARTICLE, imgUrl: 'https://h5.example.com/a.jpg' }

let platform: Platform
let app: NativeApp

const start = (os: Os) => {
  platform = createPlatform({ siteOrigin: 'https://h5.example.com' })
  platform.tokens.issueTicket('jsapi')
  app = createNativeApp({ platform, device: device(os) })
  app.receive({ type: 'enter', document: 'd', url: `${ENTRY}#hash` })
}
const invoke = (name: string, params: Record<string, unknown> = {}, url = ENTRY) =>
  app.receive({ type: 'invoke', document: 'd', url, name, params }) as NativeReply
const config = (signedUrl: string, url: string, change: Record<string, unknown> = {}) => {
  const [ticket] = platform.tokens.validTickets('jsapi')
  const text = `jsapi_ticket=${ticket}&noncestr=n&timestamp=1&url=${signedUrl}`
  const verifySignature = createHash('sha1').update(text).digest('hex')
  const claim = {
    verifyAppId: platform.account.appId,
    verifyTimestamp: '1',
    verifyNonceStr: 'n',
    verifySignature,
  }
  return invoke('preVerifyJSAPI', { ...claim, verifyJsApiList: SHARE, ...change }, url)
}
const share = (target: ShareTarget, url = ENTRY) => {
  app.receive({ type: 'tap', document: 'd', target })
  const page = { title: 'Page', url, image: 'big.jpg' }
  return app.receive({ type: 'card', document: 'd', target, page }) as SharedCard
}

describe.each(['ios', 'android'] as const)('%s', (os) => {
  beforeEach(() => start(os))

  it('accepts a signature of the page, hash or not', () => {
    expect(config(ENTRY, `${ENTRY}#part`)).toEqual({ err_msg: 'preVerifyJSAPI:ok' })
    expect(invoke('updateAppMessageShareData', data).err_msg).toBe('updateAppMessageShareData:ok')
    expect(share('appmessage')).toEqual({ ...data, source: 'update' })
  })

  it('refuses a wrong signature and tells the address that counts', () => {
    const reply = config('https://h5.example.com/other', ENTRY)
    expect(reply.err_msg).toBe('preVerifyJSAPI:fail_invalid signature')
    expect(reply['realAuthUrl']).toContain(ENTRY)
  })

  it.each([
    ['a foreign AppID', { verifyAppId: 'wx0' }, 'fail_invalid url domain'],
    ['a missing timestamp', { verifyTimestamp: '' }, 'fail_fail'],
  ])('refuses %s', (_case, change, text) =>
    expect(config(ENTRY, ENTRY, change).err_msg).toBe(`preVerifyJSAPI:${text}`),
  )

  it('refuses a page on a domain that is not in the console', () => {
    platform.account.jsDomains = ['other.example.com']
    expect(config(ENTRY, ENTRY).err_msg).toBe('preVerifyJSAPI:fail_invalid url domain')
  })

  it('a ticket that is no longer valid signs nothing', () => {
    platform.tokens.killTickets()
    expect(config(ENTRY, ENTRY).err_msg).toContain('invalid signature')
  })

  it('allows only what was listed, in the wording of the system', () => {
    expect(invoke('updateAppMessageShareData', data).err_msg).toBe(
      os === 'ios'
        ? 'updateAppMessageShareData:the permission value is offline verifying'
        : 'system:access_denied',
    )
    config(ENTRY, ENTRY, { verifyJsApiList: ['updateTimelineShareData'] })
    expect(invoke('updateAppMessageShareData', data).err_msg).not.toContain(':ok')
    expect(invoke('updateTimelineShareData', data).err_msg).toContain(':ok')
  })

  it('does not know what it does not have', () => {
    config(ENTRY, ENTRY)
    for (const name of ['nonsense', 'constructor', '__proto__']) {
      expect(invoke(name).err_msg).toBe('system:function_not_exist')
    }
  })

  it('refuses a link on a foreign domain', () => {
    config(ENTRY, ENTRY)
    const reply = invoke('updateAppMessageShareData', { ...data, link: 'https://evil.example/' })
    expect(reply.err_msg).toBe('updateAppMessageShareData:fail,link must be in js secure domain list')
    expect(share('appmessage').source).toBe('default')
  })

  it('raw Chinese in a link: refused on iOS only', () => {
    config(ENTRY, ENTRY)
    const reply = invoke('updateAppMessageShareData', { ...data, link: `${ENTRY}文章` })
    expect(reply.err_msg.endsWith(':ok')).toBe(os === 'android')
  })

  it('a full load forgets grants and card', () => {
    config(ENTRY, ENTRY)
    invoke('updateTimelineShareData', data)
    app.receive({ type: 'enter', document: 'd', url: ENTRY })
    expect(invoke('updateTimelineShareData', data).err_msg).not.toContain(':ok')
    expect(share('timeline')).toMatchObject({ source: 'default', title: 'Page' })
  })

  it('answers the network type without a config', () => {
    expect(invoke('getNetworkType').err_msg).toBe('network_type:wifi')
  })

  it('a legacy handler shares only from the menu', () => {
    const legacy = { title: 'L', desc: 'D', link: ARTICLE, img_url: 'i.jpg' }
    expect(invoke('sendAppMessage', legacy).err_msg).not.toContain('ok')
    app.receive({ type: 'tap', document: 'd', target: 'appmessage' })
    expect(invoke('sendAppMessage', legacy).err_msg).toBe('send_app_msg:ok')
    const page = { title: '', url: ENTRY, image: '' }
    expect(app.receive({ type: 'card', document: 'd', target: 'appmessage', page })).toMatchObject({
      title: 'L',
      source: 'legacy',
    })
    expect(invoke('sendAppMessage', legacy).err_msg).not.toContain('ok')
  })
})

it('iOS: the entry address counts for the whole document', () => {
  start('ios')
  expect(config(ARTICLE, ARTICLE).err_msg).toContain('invalid signature')
  expect(config(ENTRY, ARTICLE).err_msg).toBe('preVerifyJSAPI:ok')
  expect(invoke('updateAppMessageShareData', data, `${ARTICLE}?x=1`).err_msg).toContain(':ok')
  expect(share('timeline', ARTICLE).link).toBe(ENTRY)
})

it('Android: the current address counts, and each has its own grant', () => {
  start('android')
  expect(config(ENTRY, ARTICLE).err_msg).toContain('invalid signature')
  expect(config(ARTICLE, ARTICLE).err_msg).toBe('preVerifyJSAPI:ok')
  expect(invoke('updateAppMessageShareData', data, ENTRY).err_msg).toBe('system:access_denied')
  expect(invoke('updateAppMessageShareData', data, ARTICLE).err_msg).toContain(':ok')
})

it('checkJsApi is JSON text on Android and an object on iOS', () => {
  start('android')
  config(ENTRY, ENTRY)
  const list = { jsApiList: ['updateTimelineShareData', 'scanQRCode'] }
  const expected = { updateTimelineShareData: true, scanQRCode: false }
  expect(JSON.parse(String(invoke('checkJsApi', list)['checkResult']))).toEqual(expected)
  start('ios')
  config(ENTRY, ENTRY)
  expect(invoke('checkJsApi', list)['checkResult']).toEqual(expected)
})
