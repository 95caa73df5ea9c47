import { withoutHash } from './entryUrl'
import type { WechatEnvironment } from './environment'
import type { Grants } from './grants'
import type { History } from './history'
import { invoke } from './invoke'
import type { LegacyMessageData } from './jsApis/sharing'
import { withinPatience } from './patience'
import { completeCard, type ShareCard } from './shareCard'
import { WechatError } from './wechatError'
import type { Args, CallName, Wx } from './wx'

/**
 * `set`: WeChat has stored the card. `legacy`: it knows only the old way, which tells nobody whether it worked.
 * `posted`: the mini program around the page has it, and shares as it likes.
 */
export type Shared = 'set' | 'legacy' | 'posted'

export interface SharingOptions {
  window: Window
  environment: WechatEnvironment
  entryUrl: string
  grants: Grants
  history: History
  /** Milliseconds after which WeChat's silence counts as a failure. */
  patience: number
}

/** Sets cards, by the new share APIs and, where they are refused, by the handlers from before 2018. */
export function createSharing({ window, environment, entryUrl, grants, history, patience }: SharingOptions) {
  const { platform } = environment
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
   * @returns undefined when a newer card, or another page, made this one pointless
   * @throws {WechatError}
   */
  return async (card: ShareCard, isPointless: () => boolean): Promise<Shared | undefined> => {
    const { title, desc, link, imgUrl } = completeCard(card, window.location.href)
    Object.assign(legacy, { title, desc, link, imgUrl })
    let refusedBy: Wx | undefined

    async function use(wx: Wx): Promise<void> {
      refusedBy = undefined
      const set = <Name extends CallName>(name: Name, data: Args<Name>) => {
        const reply = invoke(wx, name, data)
        history.follow(name, window.location.href, reply)
        return reply
      }
      const replies = Promise.all([
        set('updateAppMessageShareData', { title, desc, link, imgUrl }),
        set('updateTimelineShareData', { title, link, imgUrl }),
      ])
      try {
        const answered = await withinPatience(replies, patience)
        if (!answered) throw new WechatError('no_answer', 'WeChat did not answer the share call')
      } catch (error) {
        if (!(error instanceof WechatError)) throw error
        if (error.code === 'call_failed') throw new WechatError('card_refused', error.message)
        if (error.code === 'not_permitted' || error.code === 'not_supported') refusedBy = wx
        throw error
      }
    }

    try {
      if (!(await grants.run({ use, isPointless, insists: true }))) return undefined
      wasSet = true
      return 'set'
    } catch (error) {
      if (!refusedBy || !(error instanceof WechatError) || !mayKnowTheOldWay(error)) throw error
      setLegacy(refusedBy)
      if (wasSet) throw error // an earlier card stands, and is believed to win over a handler (community issue 105)
      return 'legacy'
    }
  }

  // WeChat before 6.7.2 has no other way. And iOS may refuse cards away from the entry address, though the old way works
  // there (github.com/luckyyyyy/blog issue 22). Elsewhere the account lacks the permission, for both ways.
  function mayKnowTheOldWay({ code }: WechatError): boolean {
    const away = withoutHash(window.location.href) !== entryUrl
    return code === 'not_supported' || (code === 'not_permitted' && platform === 'ios' && away)
  }
}
