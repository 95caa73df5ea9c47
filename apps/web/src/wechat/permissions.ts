import { withoutHash } from './entryUrl'
import type { WechatEnvironment } from './environment'
import type { CallLog, UrlRule } from './callLog'
import type { PageData } from './pageData'
import { createSigning, type Sign } from './signing'
import { failureOf, whileUndecided } from './whileUndecided'
import type { ConfigResults } from './configResult'
import { WechatError } from './wechatError'
import type { JsApiName, OpenTag, Wx } from './wx'

export interface PermissionsOptions {
  window: Window
  environment: WechatEnvironment
  entryUrl: string
  page: PageData
  sign: Sign
  /** Loads the script, once. */
  load: () => Promise<{ wx: Wx; results: ConfigResults }>
  log: CallLog
}

/** Work that needs a good `wx.config`. */
export interface Task {
  /** @throws {WechatError} `not_permitted` when it looks as if there were no good config */
  use: (wx: Wx, isKnown: boolean) => Promise<void>
  /** Whether nobody waits for this any more. */
  isObsolete?: () => boolean
  /** Whether a refusal under a config that has worked before is a reason to configure anew. */
  renews?: boolean
}

/** The permission to ask WeChat for something, which a page has for an address. */
export interface Permissions {
  /** What `wx.config` asks for: names, which grow over a visit, and the tags that are shown now, each its own object. */
  readonly needs: { readonly apis: Set<JsApiName>; readonly tags: Set<{ tag: OpenTag }> }
  /**
   * Runs work under a good config. Run one at a time.
   *
   * @returns false when the work, or another page, made it pointless
   * @throws {WechatError}
   */
  run(task: Task): Promise<boolean>
  /** Forgets that the page is configured. */
  forget(): void
}

interface Grant {
  url: string
  /** Where the page was. */
  page: string
  apis: Set<JsApiName>
  tags: Set<OpenTag>
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
  const { window, environment, entryUrl, page, load, log } = options
  const needs = { apis: new Set(ALWAYS), tags: new Set<{ tag: OpenTag }>() }
  const signed = createSigning(page.config, options.sign)
  // iOS judges by the entry URL, everything else by the current one (docs/decisions/0002-entry-url.md).
  let rule: UrlRule = environment.platform === 'ios' ? 'entry' : 'current'
  let grant: Grant | undefined

  const here = () => withoutHash(window.location.href)
  const addressOf = (which: UrlRule): string => (which === 'entry' ? entryUrl : here())

  /** Whether this address has been granted, and whether all that is needed was asked for then. */
  function known(): { granted: boolean; complete: boolean } {
    if (grant?.url !== addressOf(rule)) return { granted: false, complete: false }
    const { apis, tags, page } = grant
    const listed = [...needs.apis].every((name) => apis.has(name))
    // Open tags lose their permission at a route change, on iOS as well (official guide to open tags).
    const drawn = [...needs.tags].every(({ tag }) => tags.has(tag) && page === here())
    return { granted: true, complete: listed && drawn }
  }

  async function run({ use, isObsolete = () => false, renews = false }: Task): Promise<boolean> {
    const { wx, results } = await load()
    if (isObsolete()) return false
    const { granted, complete } = known()
    if (complete) {
      const failed = await failureOf(use(wx, true))
      if (!failed) return true
      if (isObsolete()) return false
      if (failed.code !== 'not_permitted' || !renews) throw failed
    }
    let first: WechatError | undefined
    for (const { by, refresh } of attempts(rule, granted && !renews)) {
      const url = addressOf(by)
      if (by !== rule && url === addressOf(rule)) continue
      const { signature, source } = await signed(url, refresh)
      // The person may have gone on while the signature was on its way: it would be refused on the next page.
      if (isObsolete() || url !== addressOf(by)) return false
      const { appId, timestamp, nonceStr, signature: text } = signature
      const apis = new Set(needs.apis)
      const tags = new Set([...needs.tags].map(({ tag }) => tag))
      const noted = log.note({ name: 'config', url, by, source, answer: '' })
      const isKnown = await results.configure({
        ...{ appId, timestamp, nonceStr, signature: text },
        // Fresh arrays each time: the script renames the entries in place.
        jsApiList: [...apis],
        ...(tags.size > 0 ? { openTagList: [...tags] } : {}),
      })
      const failed = await whileUndecided(() => use(wx, isKnown), results, isKnown)
      const refused = failed?.code === 'config_refused' || failed?.code === 'not_permitted'
      noted.answer = refused ? failed.message : 'config:ok'
      if (!failed) {
        grant = { url, page: here(), apis, tags }
        rule = by // what this client goes by is remembered for the visit
        return true
      }
      if (isObsolete()) return false
      // What is not permitted under a config that was accepted is not the config's fault.
      if (!refused || (isKnown && failed.code === 'not_permitted')) throw failed
      first ??= failed
    }
    throw first ?? new WechatError('no_answer', 'WeChat did not answer')
  }

  return { needs, run, forget: () => (grant = undefined) }
}

// By the rule; by the other URL, for clients that break it; by the rule with a ticket that was checked anew. Where
// this address has worked before, only the list has grown, and there is nothing to find out.
function attempts(rule: UrlRule, onlyTheListHasGrown: boolean): { by: UrlRule; refresh: boolean }[] {
  const byRule = { by: rule, refresh: false }
  if (onlyTheListHasGrown) return [byRule]
  return [byRule, { by: rule === 'entry' ? 'current' : 'entry', refresh: false }, { by: rule, refresh: true }]
}
