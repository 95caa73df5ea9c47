import type { WechatEnvironment } from './environment.ts'
import type { Wx, WxConfig } from './wx.ts'

/** What is known of one `wx.config`. */
export interface ConfigResult {
  /** `open`: WeChat has not answered, or answers without telling (see {@link createConfigs}). */
  state: 'open' | 'accepted' | 'refused'
  /** What WeChat said when it refused. */
  refusal: string
  /** Settles with WeChat's answer, for a config whose acceptance is told. */
  readonly answered: Promise<void> | undefined
  /** Settles when WeChat refuses, which may be never. */
  readonly refused: Promise<void>
}

/**
 * Sends configs to one `wx`, for good the only one to do so. Send one at a time: a refusal counts for the newest.
 *
 * Read in Tencent's script: after a refusal `wx.error` runs and then `wx.ready` as well; after the first answer
 * `wx.ready` runs at once, before WeChat has answered. So only the first acceptance is told, and every refusal.
 */
export function createConfigs(wx: Wx, { version }: WechatEnvironment): (config: WxConfig) => ConfigResult {
  // The script calls wx.error from version 6.0.2 on, and compares as text: on HarmonyOS, where versions began again at 1.0,
  // no refusal is told.
  const tellsRefusals = version >= '6.0.2'
  let firstIsAnswered = false
  let sent = 0
  let onRefusal = (_message: string): void => undefined
  // One handler for good: the script keeps only the last one, and would hand a late one the old failure.
  wx.error(({ errMsg }) => onRefusal(errMsg))

  return (config) => {
    const isFirst = ++sent === 1
    let refuse = (): void => undefined
    const refused = new Promise<void>((done) => (refuse = done))
    let answer = (): void => undefined
    const answered = firstIsAnswered ? undefined : new Promise<void>((done) => (answer = done))
    const result: ConfigResult = { state: 'open', refusal: '', answered, refused }
    onRefusal = (message) => {
      Object.assign(result, { state: 'refused', refusal: message })
      refuse()
      answer()
    }
    wx.config(config)
    if (answered) {
      wx.ready(() => {
        firstIsAnswered = true
        // Sent behind one that was never answered, this may as well be the answer to that one.
        if (isFirst && tellsRefusals && result.state === 'open') result.state = 'accepted'
        answer()
      })
    }
    return result
  }
}
