import type { UrlRule } from './callLog.ts'
import { withoutHash } from './entryUrl.ts'
import type { WechatEnvironment } from './environment.ts'
import type { WechatError } from './wechatError.ts'

/** One way to have a config accepted. */
export interface Attempt {
  /** Which address is signed. */
  by: UrlRule
  /** Whether the server checks its ticket again. */
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
  // iOS judges by the entry URL, everything else by the current one (entryUrl.ts).
  let rule: UrlRule = platform === 'ios' ? 'entry' : 'current'
  const here = () => withoutHash(window.location.href)
  const addressOf = (by: UrlRule): string => (by === 'entry' ? entryUrl : here())
  // By the rule; by the other address, for clients that break it; by the rule with a ticket that was checked again.
  function from(start: number, end?: number): Search {
    const other: UrlRule = rule === 'entry' ? 'current' : 'entry'
    const all = [rule, other, rule].map((by, at): Attempt => ({ by, refresh: at === 2 }))
    const isOne = addressOf(rule) === addressOf(other)
    return { page: here(), attempts: all.slice(start, end).filter(({ by }) => by === rule || !isOne) }
  }

  return {
    /** The current address. */
    here,
    addressOf,
    /** What this client goes by is remembered for the visit. */
    learn: (by: UrlRule) => void (rule = by),
    everything: () => from(0),
    afterRefusal: () => from(1),
    /** For an address that has worked, where only the list has grown. */
    refreshed: () => from(2),
    /**
     * For a config under which a card was taken, and now one is not. On iOS, away from the entry, either this client
     * goes by the address of now, or nothing helps (cardsAwayFromEntry.ts).
     */
    again: () => (platform === 'ios' && here() !== entryUrl ? from(1, 2) : from(0)),
  }
}
