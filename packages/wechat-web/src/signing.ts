import type { SignedPage } from './pageData.ts'
import { WechatError } from './wechatError.ts'

/** A signature, and after a refusal from when on the server will ask WeChat for its ticket again. */
export type Signed = SignedPage & { recheckAt?: number }

export interface SignOptions {
  /** WeChat refused the last signature. */
  refresh: boolean
  /** Says that nobody waits for this signature any more. */
  signal: AbortSignal
}

/** Asks our server for a signature. */
export type Sign = (url: string, options: SignOptions) => Promise<Signed>

export type SignatureSource =
  /** The server wrote it into the HTML. */
  | 'page'
  | 'server'
  /** The server was asked to check its ticket again, which it does once a minute. */
  | 'refresh'

/**
 * Gives signatures: the one in the HTML for its own address and once, others from the server.
 *
 * @throws {WechatError} `not_signed`
 */
export function createSigning(inlined: SignedPage | undefined, sign: Sign) {
  return async (
    url: string,
    options: SignOptions,
  ): Promise<{ signature: Signed; source: SignatureSource }> => {
    const { refresh } = options
    if (inlined?.url === url && !refresh) {
      const signature = inlined
      inlined = undefined // good for one attempt; a second one needs a fresh signature
      return { signature, source: 'page' }
    }
    try {
      return { signature: await sign(url, options), source: refresh ? 'refresh' : 'server' }
    } catch (error) {
      throw new WechatError('not_signed', error instanceof Error ? error.message : 'no signature')
    }
  }
}
