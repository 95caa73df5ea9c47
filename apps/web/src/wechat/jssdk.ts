// The way of a call, from here to WeChat and back:
//   useWechatShare, useWechat, useOpenTag   what pages use
//   jssdk         one object a document, one config at a time
//   sharing, calls                          what is asked
//   permissions                             which address is signed, what is tried after a refusal, what is remembered
//   whileUndecided, configResult            whether a config was taken, as far as the script tells
//   signing, loadWx, invoke                 our server, Tencent's script, one call of it
import type { InjectionKey } from 'vue'
import { detectEnvironment, type WechatEnvironment } from './environment'
import { createPermissions } from './permissions'
import { createCallLog, type Asked } from './callLog'
import { createCalls } from './calls'
import { loadWx } from './loadWx'
import type { PageData } from './pageData'
import type { ShareCard } from './shareCard'
import { createSharing, type Shared } from './sharing'
import type { Sign } from './signing'
import { createConfigResults, type ConfigResults } from './configResult'
import { WechatError } from './wechatError'
import type { ArgsOf, CallName, JsApiName, OpenTag, Result, Wx } from './wx'

export interface JssdkOptions {
  window: Window
  /** The address at which the document was entered, taken before the router started. */
  entryUrl: string
  page: PageData
  sign: Sign
  /** Milliseconds after which WeChat's silence counts as a failure. Default 8,000. */
  timeout?: number
}

/** The JS-SDK of one document. Outside WeChat it loads nothing and every call fails with `outside`. */
export interface Jssdk {
  readonly environment: WechatEnvironment
  readonly entryUrl: string
  /** What WeChat was asked so far. */
  readonly asked: readonly Asked[]
  /** Names that `wx.config` has to list from now on. A page that says so early is configured once. */
  need(...apis: JsApiName[]): void
  /**
   * A tag that the page shows. It costs a config at each route change while it is shown.
   *
   * @returns call it when the tag is no longer shown
   */
  needTag(tag: OpenTag): () => void
  /**
   * Sets the card of the current page. Settles with what WeChat answered. Of several cards only the newest is set;
   * one that is overtaken resolves to undefined.
   *
   * @throws {WechatError}
   */
  share(card: ShareCard): Promise<Shared | undefined>
  /**
   * Calls a JS-API under a config that lists it. What waits for the person waits as long as the person does.
   *
   * @throws {WechatError}
   */
  call<Name extends CallName>(name: Name, ...args: ArgsOf<Name>): Promise<Result<Name>>
  /**
   * Sees to it that the current page is configured for all that is needed: open tags and events need this,
   * calls do it themselves.
   *
   * @throws {WechatError}
   */
  ensure(): Promise<void>
  /** Tencent's own object, for what has no promise here. */
  load(): Promise<Wx>
}

export const jssdkKey: InjectionKey<Jssdk> = Symbol('jssdk')

/** A page's way to WeChat. */
export function createJssdk(options: JssdkOptions): Jssdk {
  const { window, entryUrl, page, sign, timeout = 8000 } = options
  const environment = detectEnvironment(window.navigator.userAgent)
  const log = createCallLog()
  let loading: Promise<{ wx: Wx; results: ConfigResults }> | undefined

  function load(): Promise<{ wx: Wx; results: ConfigResults }> {
    if (!environment.inWechat) return Promise.reject(new WechatError('outside', 'not open in WeChat'))
    loading ??= loadWx(window, page.jssdkUrls).then(
      (wx) => ({ wx, results: createConfigResults(wx, environment, timeout) }),
      (error: Error) => {
        loading = undefined // a later page may have better luck
        throw new WechatError('script_not_loaded', error.message)
      },
    )
    return loading
  }

  const permissions = createPermissions({ window, environment, entryUrl, page, sign, load, log })
  const setCard = createSharing({ window, environment, entryUrl, permissions, log, timeout })
  const { call, ensure } = createCalls({ window, permissions, log })

  // A page that comes back whole from the back-forward cache may find another page's config in force.
  window.addEventListener('pageshow', ({ persisted }) => persisted && permissions.forget())

  // One config at a time: the script tells apart no two results.
  let queue: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }
  let newest = 0

  return {
    environment,
    entryUrl,
    asked: log.asked,
    need(...apis) {
      for (const name of apis) permissions.needs.apis.add(name)
    },
    needTag(tag) {
      const shown = { tag }
      permissions.needs.tags.add(shown)
      return () => void permissions.needs.tags.delete(shown)
    },
    share(card) {
      const mine = ++newest
      const isOvertaken = () => mine !== newest
      return inTurn(async () => (isOvertaken() ? undefined : setCard(card, isOvertaken)))
    },
    call: (name, ...args) => call(inTurn, name, ...args),
    ensure: () => inTurn(ensure),
    load: async () => (await load()).wx,
  }
}
