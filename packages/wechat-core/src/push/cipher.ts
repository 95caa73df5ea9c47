import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto'
import { PushError } from './pushError.ts'

export interface PushCipher {
  /** Encrypts a text for WeChat. `random`: 16 bytes; default: from the system's random source. */
  encrypt(text: string, random?: Buffer): string
  /** @throws {PushError} `decryption_failed` for anything that was not made by this key for this account */
  decrypt(encrypted: string): string
}

const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
const BLOCK = 32 // WeChat pads to 32 bytes, AES itself would need 16

/**
 * The envelope of encrypted pushes and replies: AES-256-CBC over 16 random bytes, the length of the text as four
 * bytes, the text and the AppID, padded to 32 bytes. Every part is checked on the way in.
 *
 * @throws {TypeError} the key has not 43 letters and digits
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
 */
export function createPushCipher(options: { encodingAesKey: string; appId: string }): PushCipher {
  if (!/^[a-zA-Z0-9]{43}$/.test(options.encodingAesKey))
    throw new TypeError('an EncodingAESKey has 43 letters and digits')
  const key = Buffer.from(`${options.encodingAesKey}=`, 'base64')
  const iv = key.subarray(0, 16)
  const appId = Buffer.from(options.appId)

  return {
    encrypt(text, random = randomBytes(RANDOM_BYTES)) {
      const body = Buffer.from(text)
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(body.length)
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
      const padded = pad(Buffer.concat([random, length, body, appId]))
      return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
    },

    decrypt(encrypted) {
      const bytes = fromBase64(encrypted)
      if (bytes.length === 0 || bytes.length % BLOCK !== 0) throw refused('its length is no multiple of 32')
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
      const plain = unpad(Buffer.concat([decipher.update(bytes), decipher.final()]))
      const start = RANDOM_BYTES + LENGTH_BYTES
      if (plain.length < start) throw refused('it is too short')
      const end = start + plain.readUInt32BE(RANDOM_BYTES)
      // What is left after the declared length must be our AppID, to the byte.
      if (end !== plain.length - appId.length) throw refused('its parts have other lengths than it declares')
      if (!timingSafeEqual(plain.subarray(end), appId)) throw refused('it is for another account')
      return plain.toString('utf8', start, end)
    },
  }
}

function pad(plain: Buffer): Buffer {
  const count = BLOCK - (plain.length % BLOCK)
  return Buffer.concat([plain, Buffer.alloc(count, count)])
}

function unpad(padded: Buffer): Buffer {
  const count = padded.at(-1) ?? 0
  const padding = padded.subarray(-count)
  if (count < 1 || count > BLOCK || padding.some((byte) => byte !== count))
    throw refused('its padding is not valid')
  return padded.subarray(0, -count)
}

// Buffer.from would skip whatever is not base64.
function fromBase64(text: string): Buffer {
  if (!/^[a-zA-Z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) throw refused('it is not base64')
  return Buffer.from(text, 'base64')
}

const refused = (why: string): PushError =>
  new PushError('decryption_failed', `The message cannot be decrypted: ${why}.`)
