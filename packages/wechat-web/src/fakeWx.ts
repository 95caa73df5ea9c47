import type { WxCallbacks, WxReply } from './jsApis/call.ts'
import type { LegacyMessageData } from './jsApis/sharing.ts'
import { createJssdk, type Jssdk, type JssdkOptions } from './jssdk.ts'
import type { SignedPage } from './pageData.ts'
import type { JsApiName, WxConfig } from './wx.ts'

export const ENTRY = 'https://h5.example.com/'
export const ARTICLE = 'https://h5.example.com/articles/a'
export const IOS = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.60'
export const ANDROID = 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60'
export const card = { title: 'T', desc: 'D', imgUrl: '/cover.jpg' }

const NOT_YET = 'the permission value is offline verifying'

/**
 * For tests: Tencent's script in the order of events that it has. A refused config runs error and then ready; after
 * the first answer wx.ready runs at once, whatever is still under way.
 */
export class FakeWx {
  configs: WxConfig[] = []
  shared: Record<string, unknown>[] = []
  scans = 0
  legacy: LegacyMessageData[] = []
  events: Record<string, (reply: WxReply & { localId: string }) => void> = {}
  /** What the app says to a config of this URL; undefined: nothing, ever. */
  answerConfig: (config: WxConfig) => string | undefined = () => 'config:ok'
  shareReply: () => string | undefined = () => 'updateAppMessageShareData:ok'
  scanReply: () => string | undefined = () => 'scanQRCode:ok'
  configDelay = 5
  /** Android: a permission belongs to the address it was given at. */
  permissionByAddress = false
  /** Permissions of several configs add up, as is believed of iOS; else a config ends those of the one before. */
  permissionsAddUp = false
  /** What was called, in order. */
  called: string[] = []
  #location: { href: string }
  #judged = false
  #permission: { at: string; apis: JsApiName[] } | undefined
  #onError: ((reply: WxReply) => void) | undefined
  #onReady: (() => void)[] = []

  constructor(location: { href: string }) {
    this.#location = location
  }

  config(config: WxConfig) {
    this.configs.push({ ...config, jsApiList: [...config.jsApiList] })
    const apis = config.jsApiList.splice(0) // the real one spoils the list as well: it renames entries in place
    if (!this.permissionsAddUp) this.#permission = undefined
    setTimeout(() => {
      const errMsg = this.answerConfig(config)
      if (errMsg === undefined) return
      if (errMsg === 'config:ok') this.#permission = { at: this.#location.href, apis }
      this.#judged = true
      if (errMsg !== 'config:ok') this.#onError?.({ errMsg })
      for (const callback of this.#onReady.splice(0)) callback()
    }, this.configDelay)
  }
  ready(callback: () => void) {
    if (this.#judged) callback()
    else this.#onReady.push(callback)
  }
  error(handler: (reply: WxReply) => void) {
    this.#onError = handler
  }
  updateAppMessageShareData({ success, fail, ...data }: WxCallbacks & Record<string, unknown>) {
    this.#answer('updateAppMessageShareData', this.shareReply, { success, fail }, () =>
      this.shared.push(data),
    )
  }
  updateTimelineShareData({ success, fail, ...data }: WxCallbacks & Record<string, unknown>) {
    this.#answer('updateTimelineShareData', this.shareReply, { success, fail }, () => this.shared.push(data))
  }
  onMenuShareAppMessage(data: LegacyMessageData) {
    this.legacy[0] = data
  }
  onMenuShareTimeline(data: LegacyMessageData) {
    this.legacy[1] = data
  }
  payReply: () => string | undefined = () => 'chooseWXPay:ok'
  closeReply: () => string | undefined = () => 'closeWindow:ok'
  chooseWXPay(callbacks: WxCallbacks) {
    this.called.push('chooseWXPay')
    this.#reply(this.payReply(), callbacks)
  }
  closeWindow(callbacks: WxCallbacks) {
    this.called.push('closeWindow')
    this.#reply(this.closeReply(), callbacks)
  }
  scanQRCode(callbacks: WxCallbacks) {
    this.#answer('scanQRCode', this.scanReply, callbacks, () => this.scans++)
  }
  onVoicePlayEnd({ success }: WxCallbacks<{ localId: string }>) {
    if (success) this.events['onVoicePlayEnd'] = success
  }

  #answer(
    name: JsApiName,
    reply: () => string | undefined,
    callbacks: WxCallbacks,
    onGranted: () => unknown,
  ) {
    this.called.push(name)
    const permission = this.#permission
    const here = !this.permissionByAddress || permission?.at === this.#location.href
    this.#reply(
      permission?.apis.includes(name) && here ? reply() : `${name}:${NOT_YET}`,
      callbacks,
      onGranted,
    )
  }

  #reply(errMsg: string | undefined, callbacks: WxCallbacks, onGranted?: () => unknown) {
    setTimeout(() => {
      if (errMsg?.endsWith(':ok')) {
        onGranted?.()
        callbacks.success?.({ errMsg })
      } else if (errMsg?.endsWith(':cancel')) callbacks.cancel?.({ errMsg })
      else if (errMsg) callbacks.fail?.({ errMsg })
    }, 1)
  }
}

export const signature = (url: string): SignedPage => ({
  appId: 'wx1',
  timestamp: 1,
  nonceStr: 'n',
  signature: url,
  url,
})

/** A page in WeChat with a {@link FakeWx}. */
export class FakePage {
  readonly location = { href: ENTRY }
  readonly wx = new FakeWx(this.location)
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  readonly stored = new Map<string, string>()
  readonly window = Object.assign(new EventTarget(), {
    document: this.document,
    location: this.location,
    wx: this.wx,
    WeixinJSBridge: {} as object | undefined,
    sessionStorage: {
      getItem: (name: string) => this.stored.get(name) ?? null,
      setItem: (name: string, value: string) => this.stored.set(name, value),
      removeItem: (name: string) => this.stored.delete(name),
    },
  })
  /** What the page asked its server to sign. */
  readonly signed: { url: string; refresh: boolean }[] = []

  open(userAgent: string, change: Partial<JssdkOptions> = {}): Jssdk {
    this.wx.permissionByAddress = userAgent !== IOS
    return createJssdk({
      window: Object.assign(this.window, { navigator: { userAgent } }) as unknown as Window,
      entryUrl: ENTRY,
      page: { jssdkUrls: ['https://res.wx.qq.com/a.js'] },
      sign: async (url, { refresh }) => (this.signed.push({ url, refresh }), signature(url)),
      timeout: 300,
      scriptTimeout: 100,
      ...change,
    })
  }

  /** The bridge comes, later than the page. */
  bridgeComes(): void {
    this.window.WeixinJSBridge = {}
    this.document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  }

  /** The addresses that were configured, in order. */
  urls(): string[] {
    return this.wx.configs.map((config) => config.signature)
  }
}
