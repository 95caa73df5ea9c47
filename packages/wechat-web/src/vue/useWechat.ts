import { getCurrentScope, onScopeDispose, readonly, ref, type Ref } from 'vue'
import { call, ensure } from '../calls.ts'
import { detectEnvironment, type WechatEnvironment } from '../environment.ts'
import type { Jssdk } from '../jssdk.ts'
import { useJssdk } from './useJssdk.ts'
import { WechatError } from '../wechatError.ts'
import type { ArgsOf, CallName, EventMethods, EventName, Events, JsApiName, Result, Wx } from '../wx.ts'

export interface UseWechatOptions {
  /** What this page will call. Said early, one `wx.config` covers it; unsaid, the first call brings another one. */
  apis?: readonly JsApiName[]
  /** Default: the one that the app provides; without one it is as outside WeChat. */
  jssdk?: Jssdk | undefined
}

export interface UseWechatReturn {
  environment: Readonly<WechatEnvironment>
  /** Whether the page is open in WeChat. */
  isSupported: Readonly<Ref<boolean>>
  /**
   * Calls a JS-API and gives its answer. Outside WeChat it fails with `outside`.
   *
   * @throws {WechatError} `cancelled` when the person said no
   */
  call<Name extends CallName>(name: Name, ...args: ArgsOf<Name>): Promise<Result<Name>>
  /** Hears an event until the scope ends. WeChat keeps one handler an event: the last one. */
  on<Name extends EventName>(name: Name, handler: (event: Events[Name]) => void): Promise<void>
  /** Tencent's own object, for `wx.miniProgram` and the like. */
  load(): Promise<Wx>
}

/**
 * WeChat's JS-APIs as promises, with types, under the same `wx.config` that the share card has.
 *
 * @example
 * const wechat = useWechat({ apis: ['scanQRCode'] })
 * const { resultStr } = await wechat.call('scanQRCode', { needResult: 1 })
 */
export function useWechat({ apis = [], ...options }: UseWechatOptions = {}): UseWechatReturn {
  const jssdk = useJssdk(options.jssdk)
  jssdk?.need(...apis)
  let ended = false
  if (getCurrentScope()) onScopeDispose(() => (ended = true))

  const environment = jssdk?.environment ?? detectEnvironment('')
  const provided = async (): Promise<Jssdk> => {
    if (!jssdk) throw new WechatError('outside', 'no jssdk is provided')
    return jssdk
  }

  return {
    environment,
    isSupported: readonly(ref(environment.inWechat)),
    call: async (name, ...args) => call(await provided(), name, ...args),
    async on(name, handler) {
      const given = await provided()
      given.need(name)
      await ensure(given)
      const wx: EventMethods = await given.load()
      if (!ended) wx[name]({ success: (event) => void (ended || handler(event)) })
    },
    load: async () => (await provided()).load(),
  }
}
