import {
  getCurrentInstance,
  getCurrentScope,
  onActivated,
  onDeactivated,
  onScopeDispose,
  readonly,
  ref,
  toValue,
  watch,
  type MaybeRefOrGetter,
  type Ref,
} from 'vue'
import type { CardStatus } from '../cardStack.ts'
import type { Jssdk } from '../jssdk.ts'
import type { ShareCard } from '../shareCard.ts'
import { useRouteAddress } from './routeAddress.ts'
import { useJssdk } from './useJssdk.ts'
import type { WechatError } from '../wechatError.ts'

export interface UseWechatShareOptions {
  /** Default: the one that the app provides; without one it is as outside WeChat. */
  jssdk?: Jssdk | undefined
}

/** `outside`: not in WeChat, nothing to do. The others: {@link CardStatus}. */
export type ShareStatus = 'outside' | CardStatus

export interface UseWechatShareReturn {
  status: Readonly<Ref<ShareStatus>>
  error: Readonly<Ref<WechatError | undefined>>
  /** Whether the page is open in WeChat. */
  isSupported: Readonly<Ref<boolean>>
  /** Sets the card again, say at a button beside the error. Settles when WeChat has answered; see `status`. */
  refresh: () => Promise<void>
}

/**
 * Gives the current page a share card in chats and Moments, and keeps it right while the card or the route changes.
 * `undefined` means "not known yet". Of several components the newest that is shown and knows its card has it; when
 * that goes, or `KeepAlive` puts it aside, the one before has its card again.
 *
 * @example const { status } = useWechatShare(() => article.value && { title: article.value.title, … })
 */
export function useWechatShare(
  card: MaybeRefOrGetter<ShareCard | undefined>,
  options: UseWechatShareOptions = {},
): UseWechatShareReturn {
  const jssdk = useJssdk(options.jssdk)
  const address = useRouteAddress()
  const inWechat = jssdk?.environment.inWechat ?? false
  const status = ref<ShareStatus>(inWechat ? 'pending' : 'outside')
  const error = ref<WechatError>()
  const answer = { status: readonly(status), error: readonly(error), isSupported: readonly(ref(inWechat)) }
  if (!jssdk || !inWechat) return { ...answer, refresh: () => Promise.resolve() }

  const claim = jssdk.claimCard((newStatus, newError) => {
    status.value = newStatus
    error.value = newError
  })
  // By what is in it: a page that has its card from a list makes it again when its data is there. The address counts as
  // well: on Android a permission belongs to one address.
  watch([() => JSON.stringify(toValue(card)), address], () => claim.want(toValue(card)), { immediate: true })
  if (getCurrentInstance()) {
    onActivated(claim.show)
    onDeactivated(claim.hide)
  }
  if (getCurrentScope()) onScopeDispose(claim.release)
  return { ...answer, refresh: claim.refresh }
}
