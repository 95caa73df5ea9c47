export type ShareErrorCode =
  /** Tencent's script could not be loaded. */
  | 'script_not_loaded'
  /** Our server gave no signature. */
  | 'not_signed'
  /** WeChat refused the signature or the domain. */
  | 'config_refused'
  /** WeChat refused the card. */
  | 'card_refused'
  /** WeChat did not answer. */
  | 'no_answer'

/** Why a page has no share card of its own. The message quotes WeChat, which never sends anything secret. */
export class ShareError extends Error {
  override readonly name = 'ShareError'
  readonly code: ShareErrorCode

  constructor(code: ShareErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
