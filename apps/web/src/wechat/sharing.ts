import type { Grants } from './grants'
import type { History } from './history'
import { invoke } from './invoke'
import type { LegacyMessageData } from './jsApis/sharing'
import { withinPatience } from './patience'
import { completeCard, type ShareCard } from './shareCard'
import { WechatError } from './wechatError'
import type { Args, CallName, Wx } from './wx'

/** `set`: WeChat has stored the card. `legacy`: it knows only the old way, which tells nobody whether it worked. */
export type Shared = 'set' | 'legacy'

export interface SharingOptions {
  window: Window
  grants: Grants
  history: History
  /** Milliseconds after which WeChat's silence counts as a failure. */
  patience: number
}

/** Sets cards, by the new share APIs and, where they are refused, by the handlers from before 2018. */
export function createSharing({ window, grants, history, patience }: SharingOptions) {
  const legacy: Required<Pick<LegacyMessageData, 'title' | 'desc' | 'link' | 'imgUrl'>> = {
    title: '',
    desc: '',
    link: '',
    imgUrl: '',
  }
  let legacyIsSet = false

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
      return (await grants.run({ use, isPointless, insists: true })) ? 'set' : undefined
    } catch (error) {
      // The config was taken and the call was not. iOS does so away from the entry URL, though the old way works there
      // (field reports since 2018); WeChat before 6.7.2 has only the old way.
      if (!refusedBy || (error instanceof WechatError && error.code === 'config_refused')) throw error
      setLegacy(refusedBy)
      return 'legacy'
    }
  }
}
