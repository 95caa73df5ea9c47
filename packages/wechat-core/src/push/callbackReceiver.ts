import { randomInt } from 'node:crypto'
import { FRESH_FOR, hasSignature, isFresh, serverSignature, verifyServerSignature } from '../signature.ts'
import { createPushCipher, type PushCipher } from './cipher.ts'
import { findCiphertext } from './ciphertext.ts'
import { toPush, type Push } from './push.ts'
import { PushError } from './pushError.ts'
import { cdata } from './reply.ts'
import { readXml } from './xml.ts'

export interface CallbackReceiverOptions {
  appId: string
  /** The Token of the server configuration. */
  token: string
  /** Set: pushes must be encrypted with it. */
  encodingAesKey?: string | undefined
  /** `compatible`: plain pushes are taken as well, while the console moves to safe mode. Default `safe` with a key. */
  mode?: 'safe' | 'compatible' | undefined
  /** Milliseconds since 1970. */
  now: () => number
}

/** The query of a request, as Express or `Object.fromEntries` give it. */
export type PushQuery = Record<string, unknown>

/** What a body held. */
export interface ReceivedPush {
  push: Push
  /** Whether the reply has to be encrypted. */
  encrypted: boolean
}

/** A request that may send its body. */
export interface Admission {
  /**
   * Until when this very request would be admitted again, in milliseconds since 1970. WeChat sorts what it signs, so a
   * nonce that looks like a time can change places with the timestamp, years later.
   */
  freshUntil: number
  /** The push in the body. Nothing of it is parsed before its signature was checked. @throws {PushError} */
  open(body: Uint8Array): ReceivedPush
}

/** The callback address without HTTP: what comes in is checked, what goes out is sealed. */
export interface CallbackReceiver {
  /** The echostr to answer with. @throws {PushError} */
  verifyUrl(query: PushQuery): string
  /** Checks all that needs no body, so that nobody's body is read for nothing. @throws {PushError} */
  admit(query: PushQuery): Admission
  /** Encrypts and signs a reply. */
  encryptReply(xml: string): string
}

/**
 * Which mode counts is decided by our configuration and never by the request: a sender that leaves `encrypt_type` out gets
 * in no easier. In an encrypted push `msg_signature` counts, and only what was encrypted is believed.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
 */
export function createCallbackReceiver(options: CallbackReceiverOptions): CallbackReceiver {
  const { appId, token, encodingAesKey, mode = 'safe', now } = options
  const cipher = encodingAesKey ? createPushCipher({ encodingAesKey, appId }) : undefined

  function admitPlain(query: PushQuery): Admission {
    const given = read(query, ['signature', 'timestamp', 'nonce'])
    if (!verifyServerSignature({ token, ...given, now: now() })) throw badSignature()
    return {
      freshUntil: freshUntil(given),
      open: (body) => ({ push: toPush(readXml(toText(body))), encrypted: false }),
    }
  }

  function admitEncrypted(query: PushQuery, { decrypt }: PushCipher): Admission {
    if (!('msg_signature' in query)) throw notEncrypted()
    const given = read(query, ['msg_signature', 'timestamp', 'nonce'])
    const { msg_signature, timestamp, nonce } = given
    if (!isFresh(timestamp, now())) throw badSignature()
    return {
      freshUntil: freshUntil(given),
      open(body) {
        const ciphertext = findCiphertext(toText(body))
        if (ciphertext === undefined) throw notEncrypted()
        if (!hasSignature(msg_signature, token, timestamp, nonce, ciphertext)) throw badSignature()
        return { push: toPush(readXml(decrypt(ciphertext))), encrypted: true }
      },
    }
  }

  return {
    verifyUrl(query) {
      const { echostr, ...given } = read(query, ['signature', 'timestamp', 'nonce', 'echostr'])
      if (!verifyServerSignature({ token, ...given, now: now() })) throw badSignature()
      return echostr
    },
    admit(query) {
      const encrypted = cipher && (mode === 'safe' || 'msg_signature' in query)
      return encrypted ? admitEncrypted(query, cipher) : admitPlain(query)
    },
    encryptReply(xml) {
      if (!cipher) throw new TypeError('without an EncodingAESKey nothing can be sealed')
      const encrypt = cipher.encrypt(xml)
      const timestamp = String(Math.floor(now() / 1000))
      const nonce = String(randomInt(1e9, 1e10))
      const signature = serverSignature(token, timestamp, nonce, encrypt)
      return (
        `<xml>${cdata('Encrypt', encrypt)}${cdata('MsgSignature', signature)}` +
        `<TimeStamp>${timestamp}</TimeStamp>${cdata('Nonce', nonce)}</xml>`
      )
    },
  }
}

// Each parameter once, and not empty: a second one could be checked here and another one used there.
function read<N extends string>(query: PushQuery, names: N[]): Record<N, string> {
  const values = names.map((name) => [name, query[name]] as const)
  const wrong = values.filter(([, value]) => typeof value !== 'string' || value === '').map(([name]) => name)
  if (wrong.length > 0)
    throw new PushError('invalid_parameter', `${wrong.join(', ')}: needed, once and not empty.`)
  return Object.fromEntries(values) as Record<N, string>
}

function freshUntil({ timestamp, nonce }: { timestamp: string; nonce: string }): number {
  const times = [timestamp, nonce].filter((text) => /^\d{1,12}$/.test(text)).map(Number)
  return (Math.max(...times) + FRESH_FOR) * 1000
}

function toText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new PushError('malformed', 'The body cannot be read: it is not UTF-8.')
  }
}

const notEncrypted = (): PushError =>
  new PushError('not_encrypted', 'This server takes encrypted messages only.')

const badSignature = (): PushError =>
  new PushError(
    'invalid_signature',
    "The signature was not made with this server's Token, or it is older than 10 minutes.",
  )
