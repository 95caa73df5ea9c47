import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const BLOCK = 32 // WeChat pads to 32 bytes, though AES has blocks of 16 (消息加解密说明)

/** `sha1(sort(parts).join(''))`: `signature` over token, timestamp and nonce; `msg_signature` over these and Encrypt. */
export function signPush(...parts: string[]): string {
  // Plain byte order, not that of a language.
  const sorted = parts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return createHash('sha1').update(sorted.join('')).digest('hex')
}

export interface SealOptions {
  encodingAesKey: string
  appId: string
  /** The 16 bytes before the message. Default: random. */
  random?: string
  /** Ends the plaintext in a padding that no receiver may accept. */
  badPadding?: boolean
}

/**
 * The `Encrypt` of a push or a reply: AES-256-CBC over 16 random bytes, the length, the message and the AppID.
 *
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
 */
export function seal(message: string, { encodingAesKey, appId, random, badPadding }: SealOptions): string {
  const { key, iv } = keyOf(encodingAesKey)
  const bytes = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  const start = Buffer.from(random ?? randomBytes(8).toString('hex'))
  const plain = Buffer.concat([start, length, bytes, Buffer.from(appId)])
  const count = BLOCK - (plain.length % BLOCK)
  const padding = Buffer.alloc(count, badPadding ? BLOCK + 1 : count)
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(padding), cipher.final()]).toString('base64')
}

/**
 * Opens an `Encrypt`.
 *
 * @throws {Error} that says what is wrong with it
 */
export function unseal(encrypted: string, encodingAesKey: string): { message: string; appId: string } {
  const { key, iv } = keyOf(encodingAesKey)
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw new Error('Encrypt is not whole blocks in base64')
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = plain.at(-1) ?? 0
  if (padding < 1 || padding > BLOCK || !plain.subarray(-padding).every((byte) => byte === padding))
    throw new Error(
      'Encrypt has a padding that is not PKCS#7 to 32 bytes: is it made with another EncodingAESKey?',
    )
  const end = plain.length - padding
  const length = end >= 20 ? plain.readUInt32BE(16) : Infinity
  if (20 + length > end) throw new Error('Encrypt counts more bytes of message than it has')
  return {
    message: plain.subarray(20, 20 + length).toString(),
    appId: plain.subarray(20 + length, end).toString(),
  }
}

function keyOf(encodingAesKey: string): { key: Buffer; iv: Buffer } {
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) throw new Error('EncodingAESKey is 43 letters and digits')
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  return { key, iv: key.subarray(0, 16) }
}
