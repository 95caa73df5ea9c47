import { withoutHash } from './entryUrl'
import type { WechatEnvironment } from './environment'
import type { History, UrlRule } from './history'
import type { PageData } from './pageData'
import { createSigning, type Sign } from './signing'
import { failureOf, tryOut } from './tryOut'
import type { Verdicts } from './verdict'
import { WechatError } from './wechatError'
import type { JsApiName, OpenTag, Wx } from './wx'

export interface GrantsOptions {
  window: Window
  environment: WechatEnvironment
  entryUrl: string
  page: PageData
  sign: Sign
  /** Loads the script, once. */
  load: () => Promise<{ wx: Wx; verdicts: Verdicts }>
  history: History
}

/** Work that needs a good `wx.config`. */
export interface Task {
  /** @throws {WechatError} `not_permitted` when it looks as if there were no good config */
  use: (wx: Wx, verdictIsKnown: boolean) => Promise<void>
  /** Whether nobody waits for this any more. */
  isPointless?: () => boolean
  /** Whether a refusal under a config that has worked before is a reason to configure anew. */
  insists?: boolean
}

/** The permission to ask WeChat for something, which a page has for an address. */
export interface Grants {
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

export function createGrants(options: GrantsOptions): Grants {
  const { window, environment, entryUrl, page, load, history } = options
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

  async function run({ use, isPointless = () => false, insists = false }: Task): Promise<boolean> {
    const { wx, verdicts } = await load()
    if (isPointless()) return false
    const { granted, complete } = known()
    if (complete) {
      const failed = await failureOf(use(wx, true))
      if (!failed) return true
      if (isPointless()) return false
      if (failed.code !== 'not_permitted' || !insists) throw failed
    }
    let first: WechatError | undefined
    for (const { by, refresh } of attempts(rule, granted && !insists)) {
      const url = addressOf(by)
      if (by !== rule && url === addressOf(rule)) continue
      const { signature, source } = await signed(url, refresh)
      // The person may have gone on while the signature was on its way: it would be refused on the next page.
      if (isPointless() || url !== addressOf(by)) return false
      const { appId, timestamp, nonceStr, signature: text, recheckAt } = signature
      const apis = new Set(needs.apis)
      const tags = new Set([...needs.tags].map(({ tag }) => tag))
      const noted = history.note({
        ...{ name: 'config', url, by, source, answer: '' },
        ...(recheckAt === undefined ? {} : { recheckAt }),
      })
      const verdictIsKnown = await verdicts.configure({
        ...{ appId, timestamp, nonceStr, signature: text },
        // Fresh arrays each time: the script renames the entries in place.
        jsApiList: [...apis],
        ...(tags.size > 0 ? { openTagList: [...tags] } : {}),
      })
      const failed = await tryOut(() => use(wx, verdictIsKnown), verdicts, verdictIsKnown)
      const refused = failed?.code === 'config_refused' || failed?.code === 'not_permitted'
      noted.answer = refused ? failed.message : 'config:ok'
      if (!failed) {
        grant = { url, page: here(), apis, tags }
        rule = by // what this client goes by is remembered for the visit
        return true
      }
      if (isPointless()) return false
      // What is not permitted under a config that was accepted is not the config's fault.
      if (!refused || (verdictIsKnown && failed.code === 'not_permitted')) throw failed
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
