import type { SigningSecret } from '../../platform/credentials/tokens.ts'

/** What is known when a signature was refused. */
export interface Evidence {
  claim: { timestamp: string; nonceStr: string; signature: string }
  /** The address that counts for this page on this phone. */
  countingUrl: string
  /** Every address the document has had, with hashes, the entry first. */
  urls: readonly string[]
  /** Every ticket and token that was ever issued. */
  secrets: readonly SigningSecret[]
  jsDomains: readonly string[]
}
