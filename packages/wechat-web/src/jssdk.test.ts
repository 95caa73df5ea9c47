import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, ensure } from './calls.ts'
import { ANDROID, ARTICLE, card, ENTRY, FakePage, IOS, signature, type FakeWx } from './fakeWx.ts'
import type { SignedPage } from './pageData.ts'
import type { Sign } from './signing.ts'

let page: FakePage
let wx: FakeWx
let location: { href: string }
beforeEach(() => {
  page = new FakePage()
  ;({ wx, location } = page)
})

describe('which address is signed', () => {
  it.each([
    ['iOS', IOS, [ENTRY]],
    ['Android', ANDROID, [ENTRY, ARTICLE]],
    ['any other', 'MicroMessenger/8.0 OpenHarmony', [ENTRY, ARTICLE]],
  ])('%s', async (_name, userAgent, expected) => {
    const jssdk = page.open(userAgent)
    await jssdk.share(card)
    location.href = `${ARTICLE}#part`
    await jssdk.share(card)
    await jssdk.share({ ...card, title: 'again' })
    expect(page.urls()).toEqual(expected)
    expect(wx.shared).toHaveLength(6)
  })

  it('a client that breaks the rule gets the other address, once', async () => {
    wx.answerConfig = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    location.href = ARTICLE
    const jssdk = page.open(IOS)
    expect(await jssdk.share(card)).toBe('set')
    expect(page.urls()).toEqual([ENTRY, ARTICLE])
    await jssdk.share({ ...card, title: 'next' })
    expect(page.urls()).toHaveLength(2)
  })

  it('the inlined config is used for its own address and once only', async () => {
    wx.answerConfig = (config) => (config.signature === 'inlined' ? 'config:invalid signature' : 'config:ok')
    const jssdk = page.open(ANDROID, {
      page: { jssdkUrls: [], config: { ...signature(ENTRY), signature: 'inlined' } },
    })
    await jssdk.share(card)
    expect(page.urls()).toEqual(['inlined', ENTRY])
    expect(page.signed).toEqual([{ url: ENTRY, refresh: true }])
  })

  it('the inlined config of another address is not used', async () => {
    const jssdk = page.open(ANDROID, { page: { jssdkUrls: [], config: signature(ARTICLE) } })
    await jssdk.share(card)
    expect(page.urls()).toEqual([ENTRY])
  })
})

describe('results', () => {
  it('a refused first config is a failure, though wx.ready runs', async () => {
    wx.answerConfig = () => 'config:invalid signature'
    await expect(page.open(IOS).share(card)).rejects.toMatchObject({
      code: 'config_refused',
      message: 'config:invalid signature',
    })
    expect(wx.shared).toEqual([])
    expect(page.signed).toEqual([
      { url: ENTRY, refresh: false },
      { url: ENTRY, refresh: true },
    ])
  })

  it('a refused second config is a failure, though wx.ready runs at once', async () => {
    wx.configDelay = 30
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    wx.answerConfig = () => 'config:invalid signature'
    location.href = ARTICLE
    await expect(jssdk.share(card)).rejects.toMatchObject({
      code: 'config_refused',
      message: 'config:invalid signature',
    })
    expect(wx.shared).toHaveLength(2)
  })

  it('a second config that is slow to be accepted is waited for', async () => {
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    wx.configDelay = 250
    location.href = ARTICLE
    expect(await jssdk.share(card)).toBe('set')
    expect(page.urls()).toEqual([ENTRY, ARTICLE])
  })

  it('a refused page does not spoil the next one', async () => {
    const jssdk = page.open(ANDROID)
    wx.answerConfig = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    await expect(jssdk.share(card)).rejects.toThrow()
    location.href = ARTICLE
    expect(await jssdk.share(card)).toBe('set')
  })

  it('a refused card says why, and is not tried again', async () => {
    wx.shareReply = () => 'updateAppMessageShareData:fail,link must be in js secure domain list'
    await expect(page.open(IOS).share(card)).rejects.toMatchObject({ code: 'card_refused' })
    expect(page.urls()).toHaveLength(1)
  })

  it.each([
    ['config', () => (wx.answerConfig = () => undefined)],
    ['share call', () => (wx.shareReply = () => undefined)],
  ])('silence to the %s ends in no_answer', async (_name, silence) => {
    silence()
    await expect(page.open(IOS).share(card)).rejects.toMatchObject({ code: 'no_answer' })
  })

  it('a server that does not sign ends in not_signed', async () => {
    const sign = () => Promise.reject(new Error('502'))
    await expect(page.open(IOS, { sign }).share(card)).rejects.toMatchObject({
      code: 'not_signed',
      message: '502',
    })
  })
})

describe('order', () => {
  it('one config at a time, and of waiting cards only the newest', async () => {
    wx.configDelay = 20
    const jssdk = page.open(ANDROID)
    const all = await Promise.all(['a', 'b', 'c'].map((title) => jssdk.share({ ...card, title })))
    expect(all).toEqual([undefined, undefined, 'set'])
    expect(new Set(wx.shared.map(({ title }) => title))).toEqual(new Set(['c']))
    expect(wx.configs).toHaveLength(1)
  })

  it('a page that is left while its signature is on the way is not configured with it', async () => {
    let answer = (): void => undefined
    const sign = (url: string) => new Promise<SignedPage>((done) => (answer = () => done(signature(url))))
    const jssdk = page.open(ANDROID, { sign })
    const left = jssdk.share(card)
    await new Promise((done) => setTimeout(done))
    location.href = ARTICLE
    answer()
    expect(await left).toBe(undefined)
    expect(wx.configs).toEqual([])
  })

  it('a card that is overtaken gives up between its attempts', async () => {
    wx.answerConfig = (config) => (config.signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
    wx.configDelay = 80
    const jssdk = page.open(ANDROID, { timeout: 1000 })
    const first = jssdk.share(card)
    await vi.waitFor(() => expect(wx.configs).toHaveLength(1))
    location.href = ARTICLE
    const second = jssdk.share({ ...card, title: 'second' })
    expect(await first).toBe(undefined)
    expect(await second).toBe('set')
    expect(page.urls()).toEqual([ENTRY, ARTICLE])
  })

  it('each config gets a list of its own', async () => {
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    location.href = ARTICLE
    await jssdk.share(card)
    expect(wx.configs).toHaveLength(2)
    const [first, second] = wx.configs
    expect(first?.jsApiList).not.toBe(second?.jsApiList)
    expect(second?.jsApiList).toContain('updateTimelineShareData')
  })
})

describe('what is slow holds up nothing else', () => {
  /** Signs some addresses never. */
  function signing(never: (url: string) => boolean) {
    const given: { url: string; signal: AbortSignal }[] = []
    const sign: Sign = (url, { signal }) => {
      given.push({ url, signal })
      return never(url) ? new Promise(() => undefined) : Promise.resolve(signature(url))
    }
    return { given, sign }
  }

  it('a signature of the page before is not waited for, and its request is ended', async () => {
    const { given, sign } = signing((url) => url === ENTRY)
    const jssdk = page.open(ANDROID, { sign })
    const left = jssdk.share(card)
    const scan = call(jssdk, 'scanQRCode')
    const heard = expect(scan).rejects.toMatchObject({ code: 'page_left' })
    await vi.waitFor(() => expect(given).toHaveLength(1))
    location.href = ARTICLE
    expect(await jssdk.share({ ...card, title: 'next' })).toBe('set')
    expect(await left).toBe(undefined)
    await heard
    expect(given.map(({ url, signal }) => [url, signal.aborted])).toEqual([
      [ENTRY, true],
      [ARTICLE, false],
    ])
  })

  it('a tap that is permitted already passes a signature that is on its way', async () => {
    const jssdk = page.open(IOS, { ...signing((url) => url === ENTRY && wx.configs.length > 0) })
    jssdk.need('scanQRCode')
    await jssdk.share(card)
    jssdk.needTag('wx-open-subscribe')
    void ensure(jssdk)
    expect(await call(jssdk, 'scanQRCode')).toEqual({ errMsg: 'scanQRCode:ok' })
    expect(await jssdk.share({ ...card, title: 'next' })).toBe('set')
    expect(wx.configs).toHaveLength(1)
  })

  it('a bridge that is silent is waited for once, and then only the page of now is configured', async () => {
    page.window.WeixinJSBridge = undefined
    const jssdk = page.open(ANDROID)
    const first = jssdk.share(card)
    location.href = ARTICLE
    const second = jssdk.share({ ...card, title: 'next' })
    expect(await first).toBe(undefined)
    page.bridgeComes()
    expect(await second).toBe('set')
    expect(page.urls()).toEqual([ARTICLE])
  })

  it('a silent config of the page before is not waited for', async () => {
    wx.answerConfig = ({ signature }) => (signature === ENTRY ? undefined : 'config:ok')
    const jssdk = page.open(ANDROID, { timeout: 60_000 })
    void jssdk.share(card)
    await vi.waitFor(() => expect(wx.configs).toHaveLength(1))
    location.href = ARTICLE
    expect(await jssdk.share(card)).toBe('set')
  })
})

describe('the script', () => {
  const withScripts = (answers: Record<string, boolean>) => {
    const asked: string[] = []
    const window = {
      navigator: { userAgent: IOS },
      location,
      wx: undefined as FakeWx | undefined,
      WeixinJSBridge: {},
      addEventListener: () => undefined,
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
  const scripts = { jssdkUrls: ['one', 'two'] }

  it('comes from the second address when the first fails, and once', async () => {
    const { window, asked } = withScripts({ two: true })
    const jssdk = page.open(IOS, { window, page: scripts })
    await jssdk.share(card)
    await jssdk.share(card)
    expect(asked).toEqual(['one', 'two'])
  })

  it('that cannot be loaded is said, and tried again for the next page', async () => {
    const answers: Record<string, boolean> = {}
    const { window } = withScripts(answers)
    const jssdk = page.open(IOS, { window, page: scripts })
    await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'script_not_loaded' })
    answers['one'] = true
    expect(await jssdk.share(card)).toBe('set')
  })
})

it('keeps one error handler for good', async () => {
  const error = vi.spyOn(wx, 'error')
  const jssdk = page.open(ANDROID)
  await jssdk.share(card)
  location.href = ARTICLE
  await jssdk.share(card)
  expect(error).toHaveBeenCalledTimes(1)
})
