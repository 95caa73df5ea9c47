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
import { onReturn } from './onReturn'
import type { ShareCard } from './shareCard'
import { toWechatError, type WechatError } from './wechatError'

export interface UseWechatShareOptions {
  /** Default: the one that `main.ts` provides. */
  jssdk?: Jssdk | undefined
  /** Whose return to the foreground sets the card again. Default: the global one, if there is one. */
  window?: Window | undefined
}

/**
 * `outside`: not in WeChat, nothing to do. `pending`: on its way. `ready`: WeChat has stored the card. `legacy`: the
 * card is given the old way, which WeChat doesn't confirm. `posted`: it is given to the mini program around the page.
 * `failed`: there is none; people share a default card.
 */
export type ShareStatus = 'outside' | 'pending' | 'ready' | 'legacy' | 'posted' | 'failed'

export interface UseWechatShareReturn {
  status: Readonly<Ref<ShareStatus>>
  error: Readonly<Ref<WechatError | undefined>>
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
  const window = options.window ?? globalThis.window
  const status = ref<ShareStatus>('outside')
  const error = ref<WechatError>()
  if (!jssdk?.environment.inWechat) return { status: readonly(status), error: readonly(error) }

  let run = 0
  async function apply(wanted: ShareCard | undefined): Promise<void> {
    const mine = ++run
    if (!wanted || !jssdk) return
    try {
      const shared = await jssdk.share(wanted)
      if (mine !== run || !shared) return
      status.value = shared === 'set' ? 'ready' : shared
      error.value = undefined
    } catch (reason) {
      if (mine !== run) return
      status.value = 'failed'
      error.value = toWechatError(reason)
    }
  }

  // The address counts as well: on Android a grant belongs to one address.
  watch(
    [() => toValue(card), () => route?.fullPath] as const,
    ([wanted]) => {
      status.value = 'pending'
      error.value = undefined
      void apply(wanted)
    },
    { immediate: true, deep: true },
  )
  if (window) onReturn(window, () => void apply(toValue(card)))
  if (getCurrentScope()) onScopeDispose(() => run++)
  return { status: readonly(status), error: readonly(error) }
}
