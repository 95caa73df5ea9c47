// The way of a call, from here to WeChat and back:
//   vue/, plainPage                         what pages use: with Vue, or with one script element
//   jssdk                                   one object a document
//   cardStack                               whose card it is, of several parts of a page
//   sharing, calls                          what is asked; calls only where a page has them
//   permissions, attempts                   one config for all that need one; what is tried after a refusal
//   retryWhileUndecided, configResult       whether a config was taken, as far as the script tells
//   signing, loadWx, bridge, invoke         our server, Tencent's script, the app behind it, one call of it
import { whenBridgeReady } from './bridge.ts'
import { createCallLog, type Asked, type CallLog } from './callLog.ts'
import { createCardsAwayFromEntry } from './cardsAwayFromEntry.ts'
import { createCardStack, type CardClaim, type OnCardStatus } from './cardStack.ts'
import { createConfigs, type ConfigResult } from './configResult.ts'
import { detectEnvironment, type WechatEnvironment } from './environment.ts'
import { loadWx } from './loadWx.ts'
import { createMiniProgramSharing } from './miniProgram.ts'
import type { PageData } from './pageData.ts'
import { createPermissions, type Permissions } from './permissions.ts'
import type { ShareCard } from './shareCard.ts'
import { createSharing, type ShareResult, type ShareOptions } from './sharing.ts'
import type { Sign } from './signing.ts'
import { within } from './timeout.ts'
import { WechatError } from './wechatError.ts'
import type { JsApiName, OpenTag, Wx, WxConfig } from './wx.ts'

export interface JssdkOptions {
  window: Window
  /** The address at which the document was entered, taken before the router started. */
  entryUrl: string
  page: PageData
  sign: Sign
  /** Milliseconds after which WeChat's silence counts as a failure. Default 8,000. */
  timeout?: number
  /** Milliseconds after which the next address of the script is tried as well. Default 4,000. */
  scriptTimeout?: number
  /** Where it is noted what WeChat was asked. */
  asked?: Asked[]
}

/** The JS-SDK of one document. Outside WeChat it loads nothing, and all that is asked fails with `outside`. */
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
   * Sets the card of the current page, once. Settles with what WeChat answered. Of several cards only the newest is set;
   * one that is overtaken resolves to undefined.
   *
   * @throws {WechatError}
   */
  share(card: ShareCard): Promise<ShareResult | undefined>
  /** Takes part in the card of the current page, and keeps it right, until it is released. */
  claimCard(onStatus: OnCardStatus): CardClaim
  /**
   * Whether that page has its card only if it is loaded as a whole: on some iPhones, which are known when they have
   * refused a card once.
   */
  needsFullLoad(address: string): boolean
  /** What calls.ts needs, which is a file of its own: most pages show a card and call nothing. */
  readonly permissions: Permissions
  /** Gives the script when the bridge to the app is there. What is called before that is lost. */
  ready(): Promise<{ wx: Wx }>
  /** Notes a call and its answer in {@link asked}. */
  readonly follow: CallLog['follow']
  /** Tencent's own object, for what has no promise here. */
  load(): Promise<Wx>
}

/** A page's way to WeChat. */
export function createJssdk(options: JssdkOptions): Jssdk {
  const { window, entryUrl, page, sign, timeout = 8000, scriptTimeout = 4000 } = options
  const environment = detectEnvironment(window.navigator.userAgent, Reflect.get(window, '__wxjs_environment'))
  const log = createCallLog(window, options.asked)
  let loading: Promise<{ wx: Wx; send: (config: WxConfig) => ConfigResult }> | undefined
  let bridge: Promise<void> | undefined

  function load(): NonNullable<typeof loading> {
    if (!environment.inWechat) return Promise.reject(new WechatError('outside', 'not open in WeChat'))
    loading ??= loadWx(window, page.jssdkUrls, { timeout: scriptTimeout, onLate }).then(
      (wx) => ({ wx, send: createConfigs(wx, environment) }),
      (error: Error) => {
        loading = undefined // a later page may have better luck
        throw new WechatError('script_not_loaded', error.message)
      },
    )
    return loading
  }

  async function ready(): NonNullable<typeof loading> {
    const loaded = await load()
    bridge ??= whenBridgeReady(window)
    if (await within(bridge, timeout)) return loaded
    void bridge.then(onLate)
    throw new WechatError('no_answer', 'the bridge to WeChat is not there')
  }

  const onLate = () => cards.late()
  const shared = { window, environment, entryUrl, log, timeout }
  const permissions = createPermissions({ ...shared, page, sign, ready, onLate })
  const away = createCardsAwayFromEntry(window, environment, entryUrl)
  const setCard =
    environment.within === 'miniProgram'
      ? createMiniProgramSharing({ window, load })
      : createSharing({ ...shared, permissions, away, follow: log.follow })

  let newest: AbortController | undefined
  function share(
    card: ShareCard,
    { signal, onlyInForce }: ShareOptions = {},
  ): Promise<ShareResult | undefined> {
    newest?.abort()
    const mine = (newest = new AbortController())
    signal?.addEventListener('abort', () => mine.abort())
    return setCard(card, { signal: mine.signal, onlyInForce })
  }
  const cards = createCardStack({ window, share, isUndecided: permissions.isUndecided })

  // A page that comes back whole from the back-forward cache may find another page's config in force.
  window.addEventListener('pageshow', ({ persisted }) => persisted && permissions.forget())

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
    share: (card) => share(card),
    claimCard: (onStatus) => cards.claim(onStatus),
    needsFullLoad: away.needsFullLoad,
    permissions,
    ready,
    follow: log.follow,
    load: async () => (await load()).wx,
  }
}
