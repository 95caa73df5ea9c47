// The way of a call, from here to WeChat and back:
//   useWechatShare, useWechat, useOpenTag   what pages use
//   jssdk         one object a document, one config at a time
//   sharing, calling                        what is asked
//   grants        which address is signed, what is tried after a refusal, what is remembered
//   tryOut, verdict                         whether a config was taken, as far as the script tells
//   signing, loadWx, invoke                 our server, Tencent's script, one call of it
import type { InjectionKey } from 'vue'
import { detectEnvironment, type WechatEnvironment } from './environment'
import { createGrants } from './grants'
import { createHistory, type Asked } from './history'
import { createCalling } from './calling'
import { loadWx } from './loadWx'
import { createPosting } from './miniProgram'
import type { PageData } from './pageData'
import type { ShareCard } from './shareCard'
import { createSharing, type Shared } from './sharing'
import type { Sign } from './signing'
import { createVerdicts, type Verdicts } from './verdict'
import { WechatError } from './wechatError'
import type { ArgsOf, CallName, JsApiName, OpenTag, Result, Wx } from './wx'

export interface JssdkOptions {
  window: Window
  /** The address at which the document was entered, taken before the router started. */
  entryUrl: string
  page: PageData
  sign: Sign
  /** Milliseconds after which WeChat's silence counts as a failure. Default 8,000. */
  patience?: number
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
  const { window, entryUrl, page, sign, patience = 8000 } = options
  const environment = detectEnvironment(window.navigator.userAgent, Reflect.get(window, '__wxjs_environment'))
  const history = createHistory()
  let loading: Promise<{ wx: Wx; verdicts: Verdicts }> | undefined

  function load(): Promise<{ wx: Wx; verdicts: Verdicts }> {
    if (!environment.inWechat) return Promise.reject(new WechatError('outside', 'not open in WeChat'))
    loading ??= loadWx(window, page.jssdkUrls).then(
      (wx) => ({ wx, verdicts: createVerdicts(wx, environment, patience) }),
      (error: Error) => {
        loading = undefined // a later page may have better luck
        throw new WechatError('script_not_loaded', error.message)
      },
    )
    return loading
  }

  const grants = createGrants({ window, environment, entryUrl, page, sign, load, history })
  const setCard =
    environment.within === 'miniProgram'
      ? createPosting({ window, load })
      : createSharing({ window, environment, entryUrl, grants, history, patience })
  const { call, ensure } = createCalling({ window, grants, history })

  // A page that comes back whole from the back-forward cache may find another page's config in force.
  window.addEventListener('pageshow', ({ persisted }) => persisted && grants.forget())

  // One config at a time: the script tells apart no two verdicts.
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
    asked: history.asked,
    need(...apis) {
      for (const name of apis) grants.needs.apis.add(name)
    },
    needTag(tag) {
      const shown = { tag }
      grants.needs.tags.add(shown)
      return () => void grants.needs.tags.delete(shown)
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
