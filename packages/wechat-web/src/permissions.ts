import { createUrlRules, type Attempt, type Search } from './attempts.ts'
import type { CallLog } from './callLog.ts'
import type { ConfigResult } from './configResult.ts'
import type { WechatEnvironment } from './environment.ts'
import { createConfigMaker, type Config, type ConfigUnderWay } from './makeConfig.ts'
import type { PageData } from './pageData.ts'
import { createSigning, type Sign } from './signing.ts'
import { pageLeft, unlessAborted, within } from './timeout.ts'
import { WechatError } from './wechatError.ts'
import { retryWhileUndecided } from './retryWhileUndecided.ts'
import type { JsApiName, OpenTag, Wx, WxConfig } from './wx.ts'

export interface PermissionsOptions {
  window: Window
  environment: WechatEnvironment
  entryUrl: string
  page: PageData
  sign: Sign
  /** Gives what is loaded once, when the bridge to the app is there as well. */
  ready: () => Promise<{ wx: Wx; send: (config: WxConfig) => ConfigResult }>
  log: CallLog
  /** Milliseconds after which WeChat's silence counts as a failure. */
  timeout: number
  /** Hears that WeChat has answered a config after that time. */
  onLate: () => void
}

/** Work that needs a good `wx.config`. */
export interface Task<T> {
  /** @throws {WechatError} `not_permitted` when it looks as if there were no good config */
  use: (wx: Wx, config: ConfigResult) => Promise<T>
  /** What has to be listed. Default: all that is needed, and the tags that are shown. */
  apis?: readonly JsApiName[]
  /** Says that nobody waits for this any more. */
  signal?: AbortSignal | undefined
  /** Whether its success tells nothing of the config. */
  provesNothing?: boolean
  /** A card: where one was taken before under the same config, a refusal is a reason to configure again. */
  isCard?: boolean
  /** Tries under the config that is in force, and makes no other. */
  onlyInForce?: boolean | undefined
}

/** The permission to ask WeChat for something, which a page has for an address. All that need a config share it. */
export interface Permissions {
  /** What `wx.config` asks for: names, which grow over a visit, and the tags that are shown now, each its own object. */
  readonly needs: { readonly apis: Set<JsApiName>; readonly tags: Set<{ tag: OpenTag }> }
  /**
   * Runs work under a good config. Tasks do not wait for one another, only for the config.
   *
   * @throws {WechatError} `page_left` when the signal, or another page, made it obsolete
   */
  run<T>(task: Task<T>): Promise<T>
  /** Sees to it that `wx.config` was called, whatever WeChat says to it. */
  configured(): Promise<void>
  /** Whether WeChat may still accept the config in force, without telling. */
  isUndecided(): boolean
  /** Forgets that the page is configured. */
  forget(): void
}

// Some Android builds ignore the new share APIs unless the old names are listed too (community issue 105).
const ALWAYS: JsApiName[] = [
  'updateAppMessageShareData',
  'updateTimelineShareData',
  'onMenuShareAppMessage',
  'onMenuShareTimeline',
  'checkJsApi',
]

export function createPermissions(options: PermissionsOptions): Permissions {
  const { window, environment, entryUrl, page, ready, log, timeout, onLate } = options
  const needs = { apis: new Set(ALWAYS), tags: new Set<{ tag: OpenTag }>() }
  const rules = createUrlRules(environment, window, entryUrl)
  const { here, addressOf } = rules
  const signed = createSigning(page.config, options.sign)
  const make = createConfigMaker({ rules, needs, signed, ready, log })
  let inForce: Config | undefined
  let making: { config: ConfigUnderWay; done: Promise<void> } | undefined
  let search: Search | undefined

  async function run<T>(task: Task<T>): Promise<T> {
    const { wx } = await unlessAborted(ready(), task.signal)
    for (;;) {
      const config = await obtain(task)
      const { result, hadCard } = config
      try {
        const use = () => task.use(wx, result)
        const value = task.onlyInForce ? await use() : await retryWhileUndecided(use, result, task.signal)
        if (result.state !== 'refused') works(config, task)
        return value
      } catch (error) {
        if (task.signal?.aborted) throw pageLeft()
        if (task.onlyInForce || !(error instanceof WechatError)) throw error
        // What is not permitted under a config that was accepted is not the config's fault.
        const isItsFault = result.state !== 'accepted' || (task.isCard && hadCard)
        if (error.code !== 'config_refused' && (error.code !== 'not_permitted' || !isItsFault)) throw error
        giveUp(config, error)
        if (config.last) throw config.last
      }
    }
  }

  function works<T>(config: Config, { provesNothing, isCard }: Task<T>): void {
    config.noted.answer = 'config:ok'
    rules.learn(config.by)
    if (config === inForce) search = undefined
    if (provesNothing) return
    config.result.state = 'accepted'
    config.isOver = false
    if (isCard) config.hadCard = true
  }

  /** The config in force, if it serves the task; else one that is made, by one task for all that need it by then. */
  async function obtain<T>({ apis, signal, onlyInForce }: Task<T>): Promise<Config> {
    for (;;) {
      const config = inForce
      if (config && isHere(config) && (onlyInForce || (!config.isOver && isComplete(config, apis))))
        return answered(config, signal)
      if (onlyInForce) throw new WechatError('no_answer', 'no config is in force')
      await unlessAborted(made(), signal)
    }
  }

  /** Settles when a config was made. What was begun for an address that was left since holds up nobody. */
  function made(): Promise<void> {
    if (making?.config.isStale()) {
      making.config.abort()
      making = undefined
    }
    making ??= begin(make(next(), inForce))
    return making.done
  }

  function begin(config: ConfigUnderWay): NonNullable<typeof making> {
    const isCurrent = () => making?.config === config
    const done = config.done.then(
      (sent) => {
        inForce = sent
        if (isCurrent()) making = undefined
      },
      (error) => {
        if (isCurrent()) making = search = undefined // the next task starts again
        throw error
      },
    )
    done.catch(() => undefined) // the tasks that still wait for it hear of it
    return { config, done }
  }

  const isHere = ({ url, by }: Config): boolean => url === addressOf(by)

  function isComplete(config: Config, apis: readonly JsApiName[] | undefined): boolean {
    if (apis) return apis.every((name) => config.apis.has(name))
    const listed = [...needs.apis].every((name) => config.apis.has(name))
    // Open tags lose their permission at a route change, on iOS as well (official guide to open tags).
    return listed && [...needs.tags].every(({ tag }) => config.tags.has(tag) && config.page === here())
  }

  async function answered(config: Config, signal: AbortSignal | undefined): Promise<Config> {
    const { state, answered } = config.result
    if (state !== 'open' || !answered) return config
    if (await within(unlessAborted(answered, signal), config.at + timeout - Date.now())) return config
    if (!config.isOver) {
      config.isOver = true
      search = undefined
      void answered.then(() => {
        config.isOver = false
        onLate()
      })
    }
    throw new WechatError('no_answer', 'WeChat did not answer wx.config')
  }

  function giveUp(config: Config, refusal: WechatError): void {
    if (config !== inForce || config.isOver) return
    if (config.result.state === 'open') config.noted.answer = refusal.message
    config.isOver = true
    if (search?.page !== here()) search = config.hadCard ? rules.again() : rules.afterRefusal()
    search.refusal ??= refusal
    if (search.attempts.length > 0) return
    config.last = search.refusal
    search = undefined
  }

  function next(): Attempt {
    if (search?.page !== here()) search = undefined
    if (inForce && isHere(inForce) && !inForce.isOver) {
      search ??= rules.refreshed()
      return { by: inForce.by, refresh: false } // only the list has grown
    }
    if (!search?.attempts.length) search = rules.everything()
    return search.attempts.shift() ?? { by: 'current', refresh: false }
  }

  return {
    needs,
    run,
    async configured() {
      while (!inForce) await made()
    },
    isUndecided: () => inForce?.result.state === 'open' && isHere(inForce),
    forget: () => (inForce = search = undefined),
  }
}
