import { completeCard, type ShareCard } from './shareCard.ts'
import type { ShareOptions } from './sharing.ts'
import type { Wx } from './wx.ts'

export interface MiniProgramSharingOptions {
  window: Pick<Window, 'location'>
  /** Loads Tencent's script, once. */
  load: () => Promise<{ wx: Pick<Wx, 'miniProgram'> }>
}

/**
 * Gives cards to the mini program around the page, as messages `{ shareCard: { title, desc, link, imgUrl } }`. It gets
 * them all when the person shares, and takes the last one (the README shows how). Needs no `wx.config`.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/web-view.html
 */
export function createMiniProgramSharing({ window, load }: MiniProgramSharingOptions) {
  return async (card: ShareCard, { signal }: ShareOptions = {}): Promise<'posted' | undefined> => {
    const shareCard = completeCard(card, window.location.href)
    const { wx } = await load()
    if (signal?.aborted) return undefined
    wx.miniProgram.postMessage({ data: { shareCard } })
    return 'posted'
  }
}
