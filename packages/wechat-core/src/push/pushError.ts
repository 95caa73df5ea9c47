/** Why a request to the callback address is refused. Stable, for answers and counters. */
export type PushRefusal =
  /** A parameter of the address is missing, empty or given twice. */
  | 'invalid_parameter'
  /** Not made with our Token, or more than ten minutes off. */
  | 'invalid_signature'
  /** Encryption is configured and this request is not encrypted. */
  | 'not_encrypted'
  /** Signed, but not encrypted with our EncodingAESKey for our AppID. */
  | 'decryption_failed'
  /** Not an XML document, or none that WeChat sends. */
  | 'malformed'
  | 'too_large'
  /** Another process is still at the same push, or died at it a moment ago. */
  | 'busy'

const STATUS: Record<PushRefusal, number> = {
  invalid_parameter: 400,
  invalid_signature: 403,
  not_encrypted: 403,
  decryption_failed: 403,
  malformed: 400,
  too_large: 413,
  busy: 503,
}

const HINTS: Partial<Record<PushRefusal, string>> = {
  invalid_signature: 'Enter the same Token in the console and here, and check the clock of this machine.',
  not_encrypted:
    'The console sends plain messages, this server has an EncodingAESKey. Choose safe mode in the console, ' +
    'take both kinds with the mode "compatible", or leave the EncodingAESKey out.',
  decryption_failed: 'Compare EncodingAESKey and AppID with the console.',
}

/** The callback address refuses a request. Its message holds nothing of the request. */
export class PushError extends Error {
  override readonly name = 'PushError'
  readonly code: PushRefusal
  /** HTTP status to answer with. */
  readonly status: number
  readonly hint: string | undefined

  constructor(code: PushRefusal, message: string) {
    super(message)
    this.code = code
    this.status = STATUS[code]
    this.hint = HINTS[code]
  }
}
