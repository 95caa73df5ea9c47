import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, ensure } from './calls.ts'
import { ANDROID, ARTICLE, card, ENTRY, FakePage, IOS, type FakeWx } from './fakeWx.ts'

let page: FakePage
let wx: FakeWx
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
})
const listed = () => wx.configs.map(({ jsApiList }) => jsApiList.includes('scanQRCode'))

describe('call', () => {
  it('answers under a config that lists it', async () => {
    expect(await call(page.open(IOS), 'scanQRCode')).toEqual({ errMsg: 'scanQRCode:ok' })
    expect(listed()).toEqual([true])
  })

  it('shares the one config with the card when it was said early', async () => {
    const jssdk = page.open(ANDROID)
    jssdk.need('scanQRCode')
    await jssdk.share(card)
    await call(jssdk, 'scanQRCode')
    expect(listed()).toEqual([true])
  })

  it('brings a second config, with a longer list, when it was not', async () => {
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    await call(jssdk, 'scanQRCode')
    expect(listed()).toEqual([false, true])
    expect(await jssdk.share({ ...card, title: 'next' })).toBe('set')
    expect(wx.configs).toHaveLength(2)
  })

  it('waits for the answer to a later config', async () => {
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    wx.configDelay = 250
    await call(jssdk, 'scanQRCode')
    expect([wx.scans, wx.configs.length]).toEqual([1, 2])
  })

  it.each([
    ['scanQRCode:cancel', 'cancelled'],
    ['scanQRCode:fail', 'call_failed'],
    ['scanQRCode:function not exist', 'not_supported'],
  ])('%s rejects with %s, and is not tried again', async (reply, code) => {
    wx.scanReply = () => reply
    await expect(call(page.open(IOS), 'scanQRCode')).rejects.toMatchObject({ code, message: reply })
    expect(wx.configs).toHaveLength(1)
  })

  it('an API that the account lacks says so at once, where the config is known to be good', async () => {
    const jssdk = page.open(ANDROID)
    jssdk.need('scanQRCode')
    await jssdk.share(card)
    wx.scanReply = () => 'scanQRCode:permission denied'
    await expect(call(jssdk, 'scanQRCode')).rejects.toMatchObject({ code: 'not_permitted' })
    expect(wx.configs).toHaveLength(1)
  })

  it('a refused config is what the caller hears', async () => {
    wx.answerConfig = () => 'config:invalid signature'
    await expect(call(page.open(IOS), 'scanQRCode')).rejects.toMatchObject({ code: 'config_refused' })
    expect(wx.scans).toBe(0)
  })

  it('a person who takes their time holds up no card', async () => {
    const jssdk = page.open(IOS)
    wx.scanReply = () => undefined
    let settled = false
    const scan = call(jssdk, 'scanQRCode').finally(() => (settled = true))
    scan.catch(() => undefined)
    expect(await jssdk.share(card)).toBe('set')
    expect(settled).toBe(false)
  })

  it('outside WeChat it fails, and loads nothing', async () => {
    const jssdk = page.open('Mozilla/5.0 Safari')
    await expect(call(jssdk, 'scanQRCode')).rejects.toMatchObject({ code: 'outside' })
    await expect(jssdk.load()).rejects.toMatchObject({ code: 'outside' })
  })

  it('a page that is left while its signature is on the way calls nothing', async () => {
    const jssdk = page.open(ANDROID, {
      sign: async (url) => {
        page.location.href = ARTICLE
        return { appId: 'wx1', timestamp: 1, nonceStr: 'n', signature: url, url }
      },
    })
    await expect(call(jssdk, 'scanQRCode')).rejects.toMatchObject({ code: 'page_left' })
    expect(wx.scans).toBe(0)
  })
})

const pay = { timestamp: 1, nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's' } as const

describe('what WeChat answers is final', () => {
  const calls = (name: string) => wx.called.filter((one) => one === name).length

  it.each(['chooseWXPay:ok', 'chooseWXPay:cancel', 'chooseWXPay:fail'])(
    'a payment goes out once though every config is refused, and %s is what the caller hears',
    async (answer) => {
      wx.answerConfig = () => 'config:invalid signature'
      wx.payReply = () => answer
      const jssdk = page.open(ANDROID)
      jssdk.need('chooseWXPay')
      await expect(jssdk.share(card)).rejects.toMatchObject({ code: 'config_refused' })
      wx.configDelay = 0 // WeChat refuses the config before it answers the call
      const heard = await call(jssdk, 'chooseWXPay', pay).catch((error: Error) => ({ errMsg: error.message }))
      expect([heard.errMsg, calls('chooseWXPay')]).toEqual([answer, 1])
    },
  )

  it('a payment waits for the AppID of a config, not for its answer', async () => {
    wx.answerConfig = () => undefined
    expect(await call(page.open(IOS), 'chooseWXPay', pay)).toEqual({ errMsg: 'chooseWXPay:ok' })
    expect(wx.configs).toHaveLength(1)
  })

  it('a call that needs no config brings none', async () => {
    expect(await call(page.open(IOS), 'closeWindow')).toEqual({ errMsg: 'closeWindow:ok' })
    expect([page.signed, wx.configs]).toEqual([[], []])
  })

  it('where WeChat thinks that it needs one it gets one', async () => {
    wx.closeReply = () => (wx.configs.length > 0 ? 'closeWindow:ok' : 'closeWindow:permission denied')
    expect(await call(page.open(IOS), 'closeWindow')).toEqual({ errMsg: 'closeWindow:ok' })
    expect([calls('closeWindow'), wx.configs.length]).toEqual([2, 1])
  })

  it.each([
    ['answered', 'scanQRCode:ok'],
    ['still with the person', undefined],
  ])('a call that is %s when the next config is refused is not made again', async (_case, answer) => {
    wx.permissionsAddUp = true
    const jssdk = page.open(IOS)
    jssdk.need('scanQRCode')
    await jssdk.share(card)
    wx.answerConfig = () => 'config:invalid signature'
    wx.configDelay = 50
    wx.scanReply = () => answer
    jssdk.needTag('wx-open-subscribe')
    const tag = ensure(jssdk).catch((error: Error) => error.message)
    await vi.waitFor(() => expect(wx.configs).toHaveLength(2))
    const scan = call(jssdk, 'scanQRCode').then(({ errMsg }) => errMsg)
    expect(await tag).toBe('config:invalid signature')
    expect(await Promise.race([scan, Promise.resolve(undefined)])).toBe(answer)
    expect(calls('scanQRCode')).toBe(1)
  })
})

describe('open tags', () => {
  const tags = () => wx.configs.map(({ openTagList = [] }) => openTagList.join())

  it('are in the config of the card, and cost no second one', async () => {
    const jssdk = page.open(IOS)
    const shared = jssdk.share(card)
    jssdk.needTag('wx-open-subscribe')
    await Promise.all([shared, ensure(jssdk)])
    expect(tags()).toEqual(['wx-open-subscribe'])
  })

  it.each([
    ['iOS', IOS],
    ['Android', ANDROID],
  ])('are configured again after a route change: %s', async (_name, userAgent) => {
    const jssdk = page.open(userAgent)
    jssdk.needTag('wx-open-subscribe')
    await ensure(jssdk)
    await ensure(jssdk)
    expect(wx.configs).toHaveLength(1)
    page.location.href = ARTICLE
    await ensure(jssdk)
    expect(page.urls()).toEqual([ENTRY, userAgent === IOS ? ENTRY : ARTICLE])
  })

  it('once they are gone cost nothing any more', async () => {
    const jssdk = page.open(IOS)
    const isGone = jssdk.needTag('wx-open-subscribe')
    const isGoneToo = jssdk.needTag('wx-open-subscribe')
    await ensure(jssdk)
    isGone()
    page.location.href = ARTICLE
    await ensure(jssdk)
    expect(tags()).toEqual(['wx-open-subscribe', 'wx-open-subscribe'])
    isGoneToo()
    page.location.href = `${ARTICLE}b`
    await Promise.all([jssdk.share(card), ensure(jssdk)])
    expect(tags()).toHaveLength(2)
  })

  it('a refusal that comes late is still told', async () => {
    const jssdk = page.open(ANDROID)
    await jssdk.share(card)
    jssdk.needTag('wx-open-subscribe')
    wx.answerConfig = () => 'config:invalid signature'
    wx.configDelay = 300
    await expect(ensure(jssdk)).rejects.toMatchObject({ code: 'config_refused' })
  })
})
