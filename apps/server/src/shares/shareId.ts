import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// Bytes that become 12 and 8 letters: nobody meets another's id by chance, and nobody guesses a signature.
const ID = 9
const SIGNATURE = 6
const SHAPE = /^[\w-]{20}$/

/**
 * Whoever opens a page has an id of their own, and the card that they share carries it. It is made of chance and of
 * nothing about the person; the signature keeps made-up ids from counting.
 */
export interface ShareIds {
  /** A new id, as it stands in links and in the browser's cookie: 20 letters of base64url. */
  create(): string
  /** The part that is kept in the database, or undefined for what is not one of ours. */
  read(signed: unknown): string | undefined
}

/** @param secrets the first signs; all of them are believed, so that they can be changed one after the other */
export function createShareIds(secrets: readonly string[]): ShareIds {
  const sign = (secret: string, id: string) =>
    createHmac('sha256', secret).update(`share:${id}`).digest().subarray(0, SIGNATURE)
  return {
    create() {
      const [secret = ''] = secrets
      const id = randomBytes(ID).toString('base64url')
      return id + sign(secret, id).toString('base64url')
    },
    read(signed) {
      if (typeof signed !== 'string' || !SHAPE.test(signed)) return undefined
      const id = signed.slice(0, 12)
      const signature = Buffer.from(signed.slice(12), 'base64url')
      return secrets.some((secret) => timingSafeEqual(sign(secret, id), signature)) ? id : undefined
    },
  }
}
