import {
  getCurrentScope,
  hasInjectionContext,
  inject,
  onScopeDispose,
  readonly,
  ref,
  toValue,
  watch,
  type MaybeRefOrGetter,
  type Ref,
} from 'vue'
import { routeLocationKey } from 'vue-router'
import { jssdkKey, type Jssdk } from './jssdk'
import type { ShareCard } from './shareCard'
import type { ShareError } from './shareError'

export interface UseWechatShareOptions {
  /** Default: the one that `main.ts` provides. */
  jssdk?: Jssdk | undefined
}

/**
 * `outside`: not in WeChat, nothing to do. `pending`: on its way. `ready`: WeChat has stored the card.
 * `failed`: it has not; people share a default card.
 */
export type ShareStatus = 'outside' | 'pending' | 'ready' | 'failed'

export interface UseWechatShareReturn {
  status: Readonly<Ref<ShareStatus>>
  error: Readonly<Ref<ShareError | undefined>>
}

/**
 * Gives the current page a share card in chats and Moments, and keeps it right while the card or the route changes.
 * `undefined` means "not known yet".
 *
 * @example const { status } = useWechatShare(() => article.value && { title: article.value.title, … })
 */
export function useWechatShare(
  card: MaybeRefOrGetter<ShareCard | undefined>,
  options: UseWechatShareOptions = {},
): UseWechatShareReturn {
  const inComponent = hasInjectionContext()
  const jssdk = options.jssdk ?? (inComponent ? inject(jssdkKey, undefined) : undefined)
  const route = inComponent ? inject(routeLocationKey, undefined) : undefined
  const status = ref<ShareStatus>('outside')
  const error = ref<ShareError>()
  if (!jssdk?.environment.inWechat) return { status: readonly(status), error: readonly(error) }

  let run = 0
  async function apply(wanted: ShareCard | undefined): Promise<void> {
    const mine = ++run
    status.value = 'pending'
    error.value = undefined
    if (!wanted || !jssdk) return
    try {
      if ((await jssdk.share(wanted)) && mine === run) status.value = 'ready'
    } catch (reason) {
      if (mine !== run) return
      status.value = 'failed'
      error.value = reason as ShareError
    }
  }

  // The address counts as well: on Android a grant belongs to one address.
  watch([() => toValue(card), () => route?.fullPath] as const, ([wanted]) => void apply(wanted), {
    immediate: true,
    deep: true,
  })
  if (getCurrentScope()) onScopeDispose(() => run++)
  return { status: readonly(status), error: readonly(error) }
}
