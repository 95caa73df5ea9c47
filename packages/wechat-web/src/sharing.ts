import type { CallLog } from './callLog.ts'
import type { CardsAwayFromEntry } from './cardsAwayFromEntry.ts'
import { invoke } from './invoke.ts'
import type { LegacyMessageData } from './jsApis/sharing.ts'
import type { Permissions } from './permissions.ts'
import { completeCard, type ShareCard } from './shareCard.ts'
import { pageLeft, within } from './timeout.ts'
import { WechatError } from './wechatError.ts'
import type { Args, CallName, Wx } from './wx.ts'

/**
 * `set`: WeChat has stored the card. `legacy`: it knows only the old way, which tells nobody whether it worked.
 * `posted`: the mini program around the page has it, and shares as it likes.
 */
export type ShareResult = 'set' | 'legacy' | 'posted'

export interface ShareOptions {
  /** Says that the card is not wanted any more. */
  signal?: AbortSignal | undefined
  /** Asks only under the config that is in force. */
  onlyInForce?: boolean | undefined
}

export interface SharingOptions {
  window: Window
  permissions: Permissions
  away: CardsAwayFromEntry
  follow: CallLog['follow']
  /** Milliseconds after which WeChat's silence counts as a failure. */
  timeout: number
}

const UPDATE = ['updateAppMessageShareData', 'updateTimelineShareData'] as const

/** Sets cards, by the new share APIs and, where they are refused, by the handlers from before 2018. */
export function createSharing({ window, permissions, away, follow, timeout }: SharingOptions) {
  const legacy: Required<Pick<LegacyMessageData, 'title' | 'desc' | 'link' | 'imgUrl'>> = {
    title: '',
    desc: '',
    link: '',
    imgUrl: '',
  }
  let legacyIsSet = false
  let wasSet = false

  // The handlers keep this one object and read it at the tap: it always holds the newest card.
  function setLegacy(wx: Wx): void {
    if (!legacyIsSet) {
      wx.onMenuShareAppMessage(legacy)
      wx.onMenuShareTimeline(legacy)
    }
    legacyIsSet = true
  }
  /**
   * @returns undefined when the card is not wanted any more
   * @throws {WechatError}
   */
  return async (
    card: ShareCard,
    { signal, onlyInForce }: ShareOptions = {},
  ): Promise<ShareResult | undefined> => {
    const { title, desc, link, imgUrl } = completeCard(card, window.location.href)
    Object.assign(legacy, { title, desc, link, imgUrl })
    const known = wasSet ? away.refusal() : undefined
    if (known !== undefined) throw new WechatError('not_permitted', known)
    let refusal: { wx: Wx; error: WechatError } | undefined

    async function use(wx: Wx): Promise<void> {
      if (signal?.aborted) throw pageLeft()
      refusal = undefined
      const set = <Name extends CallName>(name: Name, data: Args<Name>) =>
        follow(name, invoke(wx, name, data))
      const replies = Promise.all([
        set('updateAppMessageShareData', { title, desc, link, imgUrl }),
        set('updateTimelineShareData', { title, link, imgUrl }),
      ])
      try {
        const answered = await within(replies, timeout)
        if (!answered) throw new WechatError('no_answer', 'WeChat did not answer the share call')
      } catch (error) {
        if (!(error instanceof WechatError)) throw error
        if (error.code === 'call_failed') throw new WechatError('card_refused', error.message)
        if (error.code === 'not_permitted' || error.code === 'not_supported') refusal = { wx, error }
        throw error
      }
    }

    try {
      await permissions.run({ use, apis: UPDATE, signal, onlyInForce, isCard: true })
      wasSet = true
      away.taken()
      return 'set'
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      if (signal?.aborted || error.code === 'page_left') return undefined
      if (error.code === 'not_permitted') away.refused(error.message)
      // WeChat before 6.7.2 has no other way. And where iOS refuses cards away from the entry address, the old way works
      // (github.com/luckyyyyy/blog issue 22). Elsewhere the account lacks the permission, for both ways.
      const mayKnowTheOldWay =
        error.code === 'not_supported' || (error.code === 'not_permitted' && away.isPossible())
      if (!refusal || !mayKnowTheOldWay) throw error
      setLegacy(refusal.wx)
      if (wasSet) throw error // an earlier card stands, and is believed to win over a handler (community issue 105)
      return 'legacy'
    }
  }
}
