export type WechatErrorCode =
  /** The page is not open in WeChat. */
  | 'outside'
  /** Tencent's script could not be loaded. */
  | 'script_not_loaded'
  /** Our server gave no signature. */
  | 'not_signed'
  /** WeChat refused the signature or the domain. */
  | 'config_refused'
  /** WeChat refused the card, or would take it and show nothing of it. */
  | 'card_refused'
  /** The signature is good, but this account may not use the API. */
  | 'not_permitted'
  /** This WeChat does not know the API; it may be too old. */
  | 'not_supported'
  /** The person said no. */
  | 'cancelled'
  /** The call failed; the message quotes why. */
  | 'call_failed'
  /** The page was left before WeChat could be asked. */
  | 'page_left'
  /** WeChat did not answer. */
  | 'no_answer'

/** What did not work with WeChat. The message quotes its answer, which never holds anything secret. */
export class WechatError extends Error {
  // Declared only: older engines know no class fields, and what stands in for them is a file that everybody loads.
  declare readonly code: WechatErrorCode

  constructor(code: WechatErrorCode, message: string) {
    super(message)
    this.name = 'WechatError'
    this.code = code
  }
}

/** Whatever was thrown, as a {@link WechatError}. */
export function toWechatError(thrown: unknown): WechatError {
  return thrown instanceof WechatError ? thrown : new WechatError('call_failed', String(thrown))
}
