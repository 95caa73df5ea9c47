import { toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { ShareCard } from 'wechat-web'
import * as wechat from 'wechat-web/vue'
import { shareLink } from '@/articles/shares/shareLink' // demo
import { siteCard } from '@/shell/siteCard'
import { createShareReport } from './shareReport'

export type { ShareStatus } from 'wechat-web/vue'

const report = createShareReport(globalThis.window)

/**
 * Gives the current page a share card, with what the site is known by where the card leaves something out: its name, its
 * words, its picture. Without a link a card leads to the current page, freed of what belongs to one visit.
 * `undefined` means "not known yet".
 *
 * @example const { status } = useWechatShare(() => article.value && { title: article.value.title })
 */
export function useWechatShare(
  card: MaybeRefOrGetter<Partial<ShareCard> | undefined>,
  options?: wechat.UseWechatShareOptions,
): wechat.UseWechatShareReturn {
  const answer = wechat.useWechatShare(() => {
    const own = toValue(card)
    const { title, desc, imgUrl } = siteCard
    return (
      own && {
        title,
        desc,
        imgUrl,
        ...own,
        link: shareLink(own.link), // demo
      }
    )
  }, options)
  watch([answer.status, answer.error], ([status, error]) => report(status, error))
  return answer
}
