import { onScopeDispose, getCurrentScope, readonly, ref, watch, type Ref } from 'vue'
import { ensure } from '../calls.ts'
import { isAtLeast } from '../environment.ts'
import type { Jssdk } from '../jssdk.ts'
import { useRouteAddress } from './routeAddress.ts'
import { useJssdk } from './useJssdk.ts'
import { toWechatError } from '../wechatError.ts'
import type { OpenTag } from '../wx.ts'

/** Official guide to open tags; on HarmonyOS the numbers start again, at 1.0.3. */
const SINCE = '7.0.12'
// How long an element may take to say that it is drawn, once the config that asks for it was good.
const DRAWING_TIME = 5000 // milliseconds

export interface UseOpenTagOptions {
  /** Default: the one that the app provides; without one it is as outside WeChat. */
  jssdk?: Jssdk | undefined
  /** Tells that tags cannot work here. Default: the global one. */
  document?: Pick<Document, 'addEventListener' | 'removeEventListener'> | undefined
}

export interface UseOpenTagReturn {
  /** `unsupported`: outside WeChat, in an old one, or refused. Show something else. */
  status: Readonly<Ref<'pending' | 'drawn' | 'unsupported'>>
  /** WeChat's words, when it refused. */
  reason: Readonly<Ref<string | undefined>>
  /** For the element's own `ready` event: only now is there something to tap. */
  ready: () => void
  /** For the element's own `error` event. */
  fail: (event: Event) => void
}

/** Has one open tag configured, again on every route that shows it. */
export function useOpenTag(tag: OpenTag, options: UseOpenTagOptions = {}): UseOpenTagReturn {
  const jssdk = useJssdk(options.jssdk)
  const address = useRouteAddress()
  const document = options.document ?? globalThis.document
  const status = ref<'pending' | 'drawn' | 'unsupported'>('unsupported')
  const reason = ref<string>()
  // An element says it once; it stays drawn under the config of the next route.
  let isDrawn = false
  const give = (why: string) => {
    isDrawn = false // something else takes the element's place
    status.value = 'unsupported'
    reason.value = why
  }
  const fail = (event: Event) => give(errMsgOf(event))
  function ready(): void {
    isDrawn = true
    status.value = 'drawn'
  }
  const answer = { status: readonly(status), reason: readonly(reason), ready, fail }
  if (!jssdk?.environment.inWechat) return answer
  const configured = () => ensure(jssdk)
  const { platform, version, within } = jssdk.environment
  // Not among what a mini program's web view offers (official guide to web-view).
  if (within === 'miniProgram') return answer
  if (platform !== 'other' && !isAtLeast(version, SINCE)) return answer

  const isGone = jssdk.needTag(tag)
  let run = 0
  async function apply(): Promise<void> {
    const mine = ++run
    status.value = 'pending'
    reason.value = undefined
    try {
      await configured()
      if (mine !== run || status.value !== 'pending') return
      if (isDrawn) status.value = 'drawn'
      else setTimeout(giveUp, DRAWING_TIME, mine)
    } catch (error) {
      if (mine === run) give(toWechatError(error).message)
    }
  }
  function giveUp(mine: number): void {
    if (mine === run && status.value === 'pending') give(`WeChat did not draw ${tag}`)
  }
  watch(address, apply, { immediate: true })
  document.addEventListener('WeixinOpenTagsError', fail)
  if (getCurrentScope()) {
    onScopeDispose(() => {
      run++
      isGone()
      document.removeEventListener('WeixinOpenTagsError', fail)
    })
  }
  return answer
}

function errMsgOf(event: Event): string {
  const detail: unknown = 'detail' in event ? event.detail : undefined
  const known = typeof detail === 'object' && detail !== null && 'errMsg' in detail
  return known ? String(detail.errMsg) : event.type
}
