import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useWechatShare, type UseWechatShareReturn } from '@/wechat/useWechatShare'
import type { ShareCard } from '@/wechat/shareCard'
import type { WechatError } from '@/wechat/wechatError'
import { siteCard } from './siteCard'

/**
 * The card of a page that has its own. The site's card, which `App.vue` sets, stands until this one is known
 * (`undefined`), and comes back if this one is refused: else people would share the page before.
 *
 * @example const { status, error } = usePageCard(() => article.value && { title: article.value.title, … })
 */
export function usePageCard(card: MaybeRefOrGetter<ShareCard | undefined>): UseWechatShareReturn {
  const refused = ref<WechatError>()
  const { status, error } = useWechatShare(() => (refused.value ? siteCard : toValue(card)))
  // Another card may be taken, and so may the same one at another address.
  watch(
    () => toValue(card),
    () => (refused.value = undefined),
    { deep: true, flush: 'sync' },
  )
  watch(
    error,
    (reason) => {
      if (reason?.code === 'card_refused' || reason?.code === 'card_incomplete') refused.value = reason
    },
    { flush: 'sync' },
  )
  return {
    status: computed(() => (refused.value ? 'failed' : status.value)),
    error: computed(() => refused.value ?? error.value),
  }
}
