import type { InjectionKey } from 'vue'
import { withoutHash } from './entryUrl'
import { detectEnvironment, type WechatEnvironment } from './environment'
import { loadWx } from './loadWx'
import type { PageData, SignedPage } from './pageData'
import { completeCard, type ShareCard } from './shareCard'
import { ShareError } from './shareError'
import type { Wx, WxCallbacks, WxReply } from './wx'

export interface JssdkOptions {
  window: Window
  /** From `rememberEntryUrl`, taken before the router started. */
  entryUrl: string
  page: PageData
  /** Asks our server for a signature. `refresh`: WeChat refused the last one. */
  sign: (url: string, options: { refresh: boolean }) => Promise<SignedPage>
  /** Milliseconds after which WeChat's silence counts as a failure. Default 8,000. */
  patience?: number
}

/** The JS-SDK of one document. */
export interface Jssdk {
  readonly environment: WechatEnvironment
  /**
   * Sets the card of the current page. Settles with what the bridge answered. Calls run one after another; one that
   * is overtaken by a newer call gives up and resolves to false.
   *
   * @throws {ShareError}
   */
  share(card: ShareCard): Promise<boolean>
}

export const jssdkKey: InjectionKey<Jssdk> = Symbol('jssdk')

// Some Android builds ignore the new share APIs unless the old names are listed too.
const JS_API_LIST = [
  'updateAppMessageShareData',
  'updateTimelineShareData',
  'onMenuShareAppMessage',
  'onMenuShareTimeline',
  'checkJsApi',
]

// How WeChat words "not before a good wx.config", on iOS and on Android.
const NOT_PERMITTED = /offline verifying|permission denied/
const ASK_AGAIN_AFTER = [100, 200, 400, 800, 1200] // milliseconds

/** Which address WeChat holds the signature against. */
type UrlRule = 'entry' | 'current'

/** A page's way to WeChat. Outside WeChat it loads nothing; ask `environment` first. */
export function createJssdk(options: JssdkOptions): Jssdk {
  const { window, entryUrl, page, patience = 8000 } = options
  const environment = detectEnvironment(window.navigator.userAgent)
  let loading: Promise<Wx> | undefined
  let inlined = page.config
  // iOS judges by the entry URL, everything else by the current one (docs/decisions/0002-entry-url.md).
  let rule: UrlRule = environment.platform === 'ios' ? 'entry' : 'current'
  let grantedUrl: string | undefined
  let configured = false
  let refusal: string | undefined
  let onVerdict = (): void => undefined
  let queue: Promise<unknown> = Promise.resolve()
  let newest = 0

  function load(): Promise<Wx> {
    loading ??= loadWx(window, page.jssdkUrls).then(
      (wx) => {
        // One handler for good: the script keeps only the last one, and would hand a late one the old failure.
        wx.error((reply) => {
          refusal = reply.errMsg
          onVerdict()
        })
        return wx
      },
      (error: Error) => {
        loading = undefined // a later page may have better luck
        throw new ShareError('script_not_loaded', error.message)
      },
    )
    return loading
  }

  const addressOf = (which: UrlRule): string =>
    which === 'entry' ? entryUrl : withoutHash(window.location.href)

  /** @returns false when a newer card, or another page, made this one pointless */
  async function setCard(card: ShareCard, isOvertaken: () => boolean): Promise<boolean> {
    const wx = await load()
    if (grantedUrl === addressOf(rule)) {
      const failed = await tryCard(wx, card)
      if (!failed) return true
      if (isOvertaken()) return false
      if (failed.code !== 'config_refused') throw failed
    }
    const other: UrlRule = rule === 'entry' ? 'current' : 'entry'
    // By the rule; by the other URL, for clients that break it; by the rule with a ticket that was checked anew.
    const attempts = [
      { by: rule, refresh: false },
      { by: other, refresh: false },
      { by: rule, refresh: true },
    ]
    let first: ShareError | undefined
    for (const { by, refresh } of attempts) {
      const url = addressOf(by)
      if (by === other && url === addressOf(rule)) continue
      const config = await signed(url, refresh)
      // The person may have gone on while the signature was on its way: it would be refused on the next page.
      if (isOvertaken() || url !== addressOf(by)) return false
      const failed = (await configure(wx, config)) ?? (await tryCard(wx, card))
      if (!failed) {
        grantedUrl = url
        rule = by // what this client goes by is remembered for the visit
        return true
      }
      if (isOvertaken()) return false
      if (failed.code !== 'config_refused') throw failed
      first ??= failed
    }
    throw first ?? new ShareError('no_answer', 'WeChat did not answer')
  }

  async function signed(url: string, refresh: boolean): Promise<SignedPage> {
    if (inlined?.url === url && !refresh) {
      const config = inlined
      inlined = undefined // good for one attempt; a second one needs a fresh signature
      return config
    }
    try {
      return await options.sign(url, { refresh })
    } catch (error) {
      throw new ShareError('not_signed', error instanceof Error ? error.message : 'no signature')
    }
  }

  // The first verdict comes with wx.ready. Later ones don't: the script then runs wx.ready at once, before WeChat has
  // answered, and only a refusal is told. So later calls go on, and the share call itself is the test.
  async function configure(
    wx: Wx,
    { appId, timestamp, nonceStr, signature }: SignedPage,
  ): Promise<ShareError | undefined> {
    refusal = undefined
    const verdict = new Promise<void>((done) => (onVerdict = done))
    // A fresh array each time: the script renames the entries in place.
    wx.config({ appId, timestamp, nonceStr, signature, jsApiList: [...JS_API_LIST] })
    if (!configured) {
      wx.ready(() => onVerdict())
      const answered = await withinPatience(verdict)
      if (!answered) throw new ShareError('no_answer', 'WeChat did not answer wx.config')
      configured = true
    }
    return refused()
  }

  async function tryCard(wx: Wx, card: ShareCard): Promise<ShareError | undefined> {
    const { title, desc, link, imgUrl } = completeCard(card, window.location.href)
    for (let tries = 0; ; tries++) {
      const replies = await Promise.all([
        call((callbacks) => wx.updateAppMessageShareData({ title, desc, link, imgUrl, ...callbacks })),
        call((callbacks) => wx.updateTimelineShareData({ title, link, imgUrl, ...callbacks })),
      ])
      const failed = replies.find((reply) => reply !== undefined)
      if (failed === undefined) return undefined
      if (refusal !== undefined) return refused()
      if (!NOT_PERMITTED.test(failed)) return new ShareError('card_refused', failed)
      const pause = ASK_AGAIN_AFTER[tries]
      if (pause === undefined) return new ShareError('config_refused', failed)
      // The verdict of this wx.config may still be on its way.
      await new Promise((done) => setTimeout(done, pause))
      if (refusal !== undefined) return refused()
    }
  }

  const refused = () => (refusal === undefined ? undefined : new ShareError('config_refused', refusal))

  async function call(start: (callbacks: WxCallbacks) => void): Promise<string | undefined> {
    const reply = new Promise<string | undefined>((done) =>
      start({ success: () => done(undefined), fail: (answer: WxReply) => done(answer.errMsg) }),
    )
    const answered = await withinPatience(reply)
    if (!answered) throw new ShareError('no_answer', 'WeChat did not answer the share call')
    return answered.value
  }

  async function withinPatience<T>(work: Promise<T>): Promise<{ value: T } | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<undefined>((done) => (timer = setTimeout(done, patience, undefined)))
    const result = await Promise.race([work.then((value) => ({ value })), silence])
    clearTimeout(timer)
    return result
  }

  return {
    environment,
    share(card) {
      const mine = ++newest
      const run = async (): Promise<boolean> => {
        const isOvertaken = () => mine !== newest
        return !isOvertaken() && setCard(card, isOvertaken)
      }
      const result = queue.then(run)
      queue = result.catch(() => undefined)
      return result
    },
  }
}
