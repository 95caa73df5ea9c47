import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createJssdk, type JssdkOptions } from './jssdk'
import type { SignedPage } from './pageData'
import type { WxCallbacks, WxConfig, WxReply } from './wx'

const ENTRY = 'https://h5.example.com/'
const ARTICLE = 'https://h5.example.com/articles/a'
const IOS = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.60'
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60'
const card = { title: 'T', desc: 'D', imgUrl: '/cover.jpg' }

/**
 * Tencent's script in the order of events that it has: a refused config runs error and then ready; after the first
 * verdict wx.ready runs at once, whatever is still under way.
 */
class FakeWx {
  configs: WxConfig[] = []
  shared: Record<string, unknown>[] = []
  /** What the app says to a config of this URL; undefined: nothing, ever. */
  verdict: (config: WxConfig) => string | undefined = () => 'config:ok'
  shareReply: () => string | undefined = () => 'updateAppMessageShareData:ok'
  verdictDelay = 5
  #judged = false
  /** Android: a grant belongs to the address it was given at. */
  grantsByAddress = false
  #grantedAt: string | undefined
  #onError: ((reply: WxReply) => void) | undefined
  #onReady: (() => void)[] = []

  config(config: WxConfig) {
    this.configs.push(config)
    config.jsApiList[0] = 'mangled' // the real one renames entries in place
    this.#grantedAt = undefined
    setTimeout(() => {
      const errMsg = this.verdict(config)
      if (errMsg === undefined) return
      if (errMsg === 'config:ok') this.#grantedAt = location.href
      this.#judged = true
      if (errMsg !== 'config:ok') this.#onError?.({ errMsg })
      for (const callback of this.#onReady.splice(0)) callback()
    }, this.verdictDelay)
  }
  ready(callback: () => void) {
    if (this.#judged) callback()
    else this.#onReady.push(callback)
  }
  error(handler: (reply: WxReply) => void) {
    this.#onError = handler
  }
  updateAppMessageShareData(data: WxCallbacks & Record<string, unknown>) {
    this.#share(data)
  }
  updateTimelineShareData(data: WxCallbacks & Record<string, unknown>) {
    this.#share(data)
  }
  #share({ success, fail, ...data }: WxCallbacks & Record<string, unknown>) {
    const granted =
      this.#grantedAt !== undefined && (!this.grantsByAddress || this.#grantedAt === location.href)
    setTimeout(() => {
      const errMsg = granted
        ? this.shareReply()
        : 'updateAppMessageShareData:the permission value is offline verifying'
      if (errMsg === undefined) return
      if (!errMsg.endsWith(':ok')) return fail?.({ errMsg })
      this.shared.push(data)
      success?.({ errMsg })
    }, 1)
  }
}

let wx: FakeWx
let location: { href: string }
let signed: { url: string; refresh: boolean }[]

beforeEach(() => {
  wx = new FakeWx()
  location = { href: ENTRY }
  signed = []
})

const signature = (url: string): SignedPage => ({
  appId: 'wx1',
  timestamp: 1,
  nonceStr: 'n',
  signature: url,
  url,
})
const open = (userAgent: string, change: Partial<JssdkOptions> = {}) => {
  wx.grantsByAddress = userAgent !== IOS
  return createJssdk({
    window: { navigator: { userAgent }, location, wx } as unknown as Window,
    entryUrl: ENTRY,
    page: { jssdkUrls: ['https://res.wx.qq.com/a.js'] },
    sign: async (url, { refresh }) => (signed.push({ url, refresh }), signature(url)),
    patience: 100,
    ...change,
  })
}
const urls = () => wx.configs.map((config) => config.signature)

describe('which address is signed', () => {
  it.each([
    ['iOS', IOS, [ENTRY]],
    ['Android', ANDROID, [ENTRY, ARTICLE]],
    ['any other', 'MicroMessenger/8.0 OpenHarmony', [ENTRY, ARTICLE]],
  ])('%s', async (_name, userAgent, expected) => {
    const jssdk = open(userAgent)
    await jssdk.share(card)
    location.href = `${ARTICLE}#part`
    await jssdk.share(card)
    await jssdk.share({ ...card, title: 'again' })
    expect(urls()).toEqual(expected)
    expect(wx.shared).toHaveLength(6)
  })

  it('a client that breaks the rule gets the other address, once', async () => {
    wx.verdict = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    location.href = ARTICLE
    const jssdk = open(IOS)
    expect(await jssdk.share(card)).toBe(true)
    expect(urls()).toEqual([ENTRY, ARTICLE])
    await jssdk.share({ ...card, title: 'next' })
    expect(urls()).toHaveLength(2)
  })

  it('the inlined config is used for its own address and once only', async () => {
    wx.verdict = (config) => (config.signature === 'inlined' ? 'config:invalid signature' : 'config:ok')
    const jssdk = open(ANDROID, {
      page: { jssdkUrls: [], config: { ...signature(ENTRY), signature: 'inlined' } },
    })
    await jssdk.share(card)
    expect(urls()).toEqual(['inlined', ENTRY])
    expect(signed).toEqual([{ url: ENTRY, refresh: true }])
  })

  it('the inlined config of another address is not used', async () => {
    const jssdk = open(ANDROID, { page: { jssdkUrls: [], config: signature(ARTICLE) } })
    await jssdk.share(card)
    expect(urls()).toEqual([ENTRY])
  })
})

describe('verdicts', () => {
  it('a refused first config is a failure, though wx.ready runs', async () => {
    wx.verdict = () => 'config:invalid signature'
    await expect(open(IOS).share(card)).rejects.toMatchObject({
      code: 'config_refused',
      message: 'config:invalid signature',
    })
    expect(wx.shared).toEqual([])
    expect(signed).toEqual([
      { url: ENTRY, refresh: false },
      { url: ENTRY, refresh: true },
    ])
  })

  it('a refused second config is a failure, though wx.ready runs at once', async () => {
    wx.verdictDelay = 30
    const jssdk = open(ANDROID)
    await jssdk.share(card)
    wx.verdict = () => 'config:invalid signature'
    location.href = ARTICLE
    await expect(jssdk.share(card)).rejects.toMatchObject({
      code: 'config_refused',
      message: 'config:invalid signature',
    })
    expect(wx.shared).toHaveLength(2)
  })

  it('a second config that is slow to be accepted is waited for', async () => {
    const jssdk = open(ANDROID)
    await jssdk.share(card)
    wx.verdictDelay = 250
    location.href = ARTICLE
    expect(await jssdk.share(card)).toBe(true)
    expect(urls()).toEqual([ENTRY, ARTICLE])
  })

  it('a refused page does not spoil the next one', async () => {
    const jssdk = open(ANDROID)
    wx.verdict = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    await expect(jssdk.share(card)).rejects.toThrow()
    location.href = ARTICLE
    expect(await jssdk.share(card)).toBe(true)
  })

  it('a refused card says why, and is not tried again', async () => {
    wx.shareReply = () => 'updateAppMessageShareData:fail,link must be in js secure domain list'
    await expect(open(IOS).share(card)).rejects.toMatchObject({ code: 'card_refused' })
    expect(urls()).toHaveLength(1)
  })

  it.each([
    ['config', () => (wx.verdict = () => undefined)],
    ['share call', () => (wx.shareReply = () => undefined)],
  ])('silence to the %s ends in no_answer', async (_name, silence) => {
    silence()
    await expect(open(IOS).share(card)).rejects.toMatchObject({ code: 'no_answer' })
  })

  it('a server that does not sign ends in not_signed', async () => {
    const sign = () => Promise.reject(new Error('502'))
    await expect(open(IOS, { sign }).share(card)).rejects.toMatchObject({
      code: 'not_signed',
      message: '502',
    })
  })
})

describe('order', () => {
  it('one config at a time, and of waiting cards only the newest', async () => {
    wx.verdictDelay = 20
    const jssdk = open(ANDROID)
    const all = await Promise.all(['a', 'b', 'c'].map((title) => jssdk.share({ ...card, title })))
    expect(all).toEqual([false, false, true])
    expect(new Set(wx.shared.map(({ title }) => title))).toEqual(new Set(['c']))
    expect(wx.configs).toHaveLength(1)
  })

  it('a page that is left while its signature is on the way is not configured with it', async () => {
    let answer = (): void => undefined
    const sign = (url: string) => new Promise<SignedPage>((done) => (answer = () => done(signature(url))))
    const jssdk = open(ANDROID, { sign })
    const left = jssdk.share(card)
    await new Promise((done) => setTimeout(done))
    location.href = ARTICLE
    answer()
    expect(await left).toBe(false)
    expect(wx.configs).toEqual([])
  })

  it('a card that is overtaken gives up between its attempts', async () => {
    wx.verdict = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    wx.verdictDelay = 80
    const jssdk = open(ANDROID, { patience: 1000 })
    const first = jssdk.share(card)
    await vi.waitFor(() => expect(wx.configs).toHaveLength(1))
    location.href = ARTICLE
    const second = jssdk.share({ ...card, title: 'second' })
    expect(await first).toBe(false)
    expect(await second).toBe(true)
    expect(urls()).toEqual([ENTRY, ARTICLE])
  })

  it('each config gets a list of its own', async () => {
    const jssdk = open(ANDROID)
    await jssdk.share(card)
    location.href = ARTICLE
    await jssdk.share(card)
    expect(wx.configs).toHaveLength(2)
    const [first, second] = wx.configs
    expect(first?.jsApiList).not.toBe(second?.jsApiList)
    expect(second?.jsApiList).toContain('updateTimelineShareData')
  })
})

describe('the script', () => {
  const withScripts = (answers: Record<string, boolean>) => {
    const asked: string[] = []
    const window = {
      navigator: { userAgent: IOS },
      location,
      wx: undefined as FakeWx | undefined,
      document: {
        createElement: () => ({}),
        head: {
          append(script: { src: string; onload: () => void; onerror: () => void }) {
            asked.push(script.src)
            if (answers[script.src]) window.wx = wx
            setTimeout(answers[script.src] ? script.onload : script.onerror)
          },
        },
      },
    }
    return { window: window as unknown as Window, asked }
  }
  const page = { jssdkUrls: ['one', 'two'] }

  it('comes from the second address when the first fails, and once', async () => {
    const { window, asked } = withScripts({ two: true })
    const jssdk = open(IOS, { window, page })
    await jssdk.share(card)
    await jssdk.share(card)
    expect(asked).toEqual(['one', 'two'])
  })

  it('that can not be loaded is said, and tried again for the next page', async () => {
    const answers: Record<string, boolean> = {}
    const { window } = withScripts(answers)
    const jssdk = open(IOS, { window, page })
    await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'script_not_loaded' })
    answers['one'] = true
    expect(await jssdk.share(card)).toBe(true)
  })
})

it('keeps one error handler for good', async () => {
  const error = vi.spyOn(wx, 'error')
  const jssdk = open(ANDROID)
  await jssdk.share(card)
  location.href = ARTICLE
  await jssdk.share(card)
  expect(error).toHaveBeenCalledTimes(1)
})
