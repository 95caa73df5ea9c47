import type { UrlRule } from './callLog'
import { withoutHash } from './entryUrl'
import type { WechatEnvironment } from './environment'
import type { WechatError } from './wechatError'

/** One way to have a config accepted. */
export interface Attempt {
  /** Which address is signed. */
  by: UrlRule
  /** Whether the server checks its ticket anew. */
  refresh: boolean
}

/** What is left to try at a page. */
export interface Search {
  page: string
  attempts: Attempt[]
  /** How WeChat refused first. */
  refusal?: WechatError
}

export type UrlRules = ReturnType<typeof createUrlRules>

/** Which address WeChat judges by on this device, and what to try where it refuses. */
export function createUrlRules({ platform }: WechatEnvironment, window: Window, entryUrl: string) {
  // iOS judges by the entry URL, everything else by the current one (docs/decisions/0002-entry-url.md).
  let rule: UrlRule = platform === 'ios' ? 'entry' : 'current'
  const here = () => withoutHash(window.location.href)
  const addressOf = (by: UrlRule): string => (by === 'entry' ? entryUrl : here())
  const byRule = (refresh: boolean): Attempt => ({ by: rule, refresh })
  const byOther = (): Attempt => ({ by: rule === 'entry' ? 'current' : 'entry', refresh: false })
  const search = (...attempts: Attempt[]): Search => ({
    page: here(),
    // At the entry both addresses are one.
    attempts: attempts.filter(({ by }) => by === rule || addressOf(by) !== addressOf(rule)),
  })

  return {
    /** The current address. */
    here,
    addressOf,
    /** What this client goes by is remembered for the visit. */
    learn: (by: UrlRule) => void (rule = by),
    /** By the rule; by the other address, for clients that break it; by the rule with a ticket that was checked anew. */
    everything: () => search(byRule(false), byOther(), byRule(true)),
    /** What is left of that after a refusal. */
    rest: () => search(byOther(), byRule(true)),
    /** For an address that has worked, where only the list has grown. */
    refreshed: () => search(byRule(true)),
    /**
     * For a config under which a card was taken, and now one is not. On iOS, away from the entry, either this client
     * goes by the address of now, or nothing helps (cardsAwayFromEntry.ts).
     */
    again: () =>
      platform === 'ios' && here() !== entryUrl
        ? search(byOther())
        : search(byRule(false), byOther(), byRule(true)),
  }
}
