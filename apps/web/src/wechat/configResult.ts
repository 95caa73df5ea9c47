import type { WechatEnvironment } from './environment'
import { within } from './timeout'
import { WechatError } from './wechatError'
import type { Wx, WxConfig } from './wx'

/** `wx.config` of one document, and what WeChat says to it. */
export interface ConfigResults {
  /**
   * Configures the page and waits for the verdict where there is one to wait for.
   *
   * @returns whether the verdict is known; if not, only a refusal will be told, through {@link refusal}
   * @throws {WechatError} `no_answer`
   */
  configure(config: WxConfig): Promise<boolean>
  /** How WeChat refused the last config, if it did. */
  refusal(): string | undefined
}

/**
 * Listens to one `wx`. Use it for one config at a time: the script stores no verdict of a second one in flight.
 *
 * Read in Tencent's script: after a refusal `wx.error` runs and then `wx.ready` as well; after the first verdict
 * `wx.ready` runs at once, before WeChat has answered. So only the first acceptance is told, and every refusal.
 */
export function createConfigResults(wx: Wx, { version }: WechatEnvironment, timeout: number): ConfigResults {
  // The script calls wx.error from version 6.0.2 on, and compares as text: on HarmonyOS, where versions began anew at 1.0,
  // no refusal is told.
  const tellsRefusals = version >= '6.0.2'
  let refusal: string | undefined
  let firstIsKnown = false
  let onVerdict = (): void => undefined
  // One handler for good: the script keeps only the last one, and would hand a late one the old failure.
  wx.error((reply) => {
    refusal = reply.errMsg
    onVerdict()
  })
  return {
    async configure(config) {
      refusal = undefined
      const verdict = new Promise<void>((done) => (onVerdict = done))
      wx.config(config)
      if (firstIsKnown) return false
      wx.ready(() => onVerdict())
      const answered = await within(verdict, timeout)
      if (!answered) throw new WechatError('no_answer', 'WeChat did not answer wx.config')
      firstIsKnown = true
      return tellsRefusals
    },
    refusal: () => refusal,
  }
}
