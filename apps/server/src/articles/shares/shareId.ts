import { hash, randomFillSync, timingSafeEqual } from 'node:crypto'
import { keyedHash } from 'starter-server/keyedHash'

// Letters of 6 bits: nobody meets another's by chance, and nobody guesses a signature.
const BROWSER = 16
const BYTES = (BROWSER * 6) / 8
const ID = 12
const SIGNATURE = 8

/**
 * A browser that opens a page gets a mark of its own, and the cards that are shared from it carry an id made of that:
 * chance, and nothing about the person. The id does not lead back to the mark. Signatures keep made-up ones from counting.
 */
export interface ShareIds {
  /** A new mark, as the browser's cookie has it, with 24 letters; and the id of that browser's shares. */
  createMark(): { mark: string; id: string }
  /** The id of a browser's shares, as links have it: 20 letters; undefined for a mark that is not ours. */
  ofMark(mark: unknown): string | undefined
  /** The part of a link's id that is kept in the database; undefined for what is not one of ours. */
  read(signed: unknown): string | undefined
}

/** @param secrets the first signs; all of them are believed, so that they can be changed one after the other */
export function createShareIds(secrets: readonly string[]): ShareIds {
  const signers = secrets.map(signer)
  const [newest = signer('')] = signers
  const sign = (text: string) => text + newest(text)

  function opened(signed: unknown, length: number): string | undefined {
    if (typeof signed !== 'string' || signed.length !== length + SIGNATURE || !/^[\w-]+$/.test(signed))
      return undefined
    const text = signed.slice(0, length)
    const signature = Buffer.from(signed.slice(length))
    return signers.some((signatureOf) => timingSafeEqual(Buffer.from(signatureOf(text)), signature))
      ? text
      : undefined
  }

  const idOf = (browser: string) => sign(hash('sha256', browser, 'base64url').slice(0, ID))

  return {
    createMark() {
      const browser = randomText()
      return { mark: sign(browser), id: idOf(browser) }
    },
    ofMark(mark) {
      const browser = opened(mark, BROWSER)
      return browser === undefined ? undefined : idOf(browser)
    },
    read: (signed) => opened(signed, ID),
  }
}

function signer(secret: string): (text: string) => string {
  const hashOf = keyedHash(secret)
  return (text) => hashOf(`share:${text}`).slice(0, SIGNATURE)
}

// Drawn for many browsers at once: to ask the system takes longer than all else here.
const chance = Buffer.alloc(256 * BYTES)
let used = chance.length

function randomText(): string {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  used += BYTES
  return chance.toString('base64url', used - BYTES, used)
}
