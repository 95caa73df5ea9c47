import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

// Bytes that become 16, 12 and 8 letters: nobody meets another's by chance, and nobody guesses a signature.
const BROWSER = 12
const ID = 9
const SIGNATURE = 6

/**
 * A browser that opens a page gets a mark of its own, and the cards that are shared from it carry an id made of that:
 * chance, and nothing about the person. The id does not lead back to the mark. Signatures keep made-up ones from counting.
 */
export interface ShareIds {
  /** A new mark, as the browser's cookie has it: 24 letters. */
  createMark(): string
  /** The id of a browser's shares, as links have it: 20 letters; undefined for a mark that is not ours. */
  ofMark(mark: unknown): string | undefined
  /** The part of a link's id that is kept in the database; undefined for what is not one of ours. */
  read(signed: unknown): string | undefined
}

/** @param secrets the first signs; all of them are believed, so that they can be changed one after the other */
export function createShareIds(secrets: readonly string[]): ShareIds {
  const signatureOf = (secret: string, text: string) =>
    createHmac('sha256', secret).update(`share:${text}`).digest().subarray(0, SIGNATURE)
  const sign = (text: string) => text + signatureOf(secrets[0] ?? '', text).toString('base64url')

  function opened(signed: unknown, length: number): string | undefined {
    if (typeof signed !== 'string' || signed.length !== length + 8 || !/^[\w-]+$/.test(signed))
      return undefined
    const text = signed.slice(0, length)
    const signature = Buffer.from(signed.slice(length), 'base64url')
    return secrets.some((secret) => timingSafeEqual(signatureOf(secret, text), signature)) ? text : undefined
  }

  return {
    createMark: () => sign(randomBytes(BROWSER).toString('base64url')),
    ofMark(mark) {
      const browser = opened(mark, 16)
      if (browser === undefined) return undefined
      return sign(hash('sha256', browser, 'buffer').subarray(0, ID).toString('base64url'))
    },
    read: (signed) => opened(signed, 12),
  }
}
