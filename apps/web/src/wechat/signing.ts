import type { SignedPage } from './pageData'
import { WechatError } from './wechatError'

/** Asks our server for a signature. `refresh`: WeChat refused the last one. */
export type Sign = (url: string, options: { refresh: boolean }) => Promise<SignedPage>

export type SignatureSource =
  /** The server wrote it into the HTML. */
  | 'page'
  | 'server'
  /** The server has checked its ticket anew. */
  | 'refresh'

/**
 * Gives signatures: the one in the HTML for its own address and once, others from the server.
 *
 * @throws {WechatError} `not_signed`
 */
export function createSigning(inlined: SignedPage | undefined, sign: Sign) {
  return async (
    url: string,
    refresh: boolean,
  ): Promise<{ signature: SignedPage; source: SignatureSource }> => {
    if (inlined?.url === url && !refresh) {
      const signature = inlined
      inlined = undefined // good for one attempt; a second one needs a fresh signature
      return { signature, source: 'page' }
    }
    try {
      return { signature: await sign(url, { refresh }), source: refresh ? 'refresh' : 'server' }
    } catch (error) {
      throw new WechatError('not_signed', error instanceof Error ? error.message : 'no signature')
    }
  }
}
