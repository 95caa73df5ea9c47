import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { Account } from '../account.ts'
import { seal, signPush } from './envelope.ts'
import { pushFields, type Envelope, type pushSchema } from './messages.ts'
import { writeXml } from './xml.ts'

/** Ways in which a push can be forged or broken, to see that the site refuses it. */
export interface Tamper {
  /** In place of the right `signature`. */
  signature?: string
  /** In place of the right `msg_signature`. */
  msgSignature?: string
  /** Seconds since 1970, signed correctly: a push that was recorded and is played again. */
  timestamp?: number
  /** The AppID inside the envelope. */
  appId?: string
  /** A padding that no receiver may accept. */
  badPadding?: boolean
  /** In place of the body, signed as if it were right. */
  body?: string
}

/** One HTTP request of WeChat to the account's server. */
export interface PushRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string
}

export type PushInput = Omit<Envelope, 'appId' | 'to'> & { push: z.output<typeof pushSchema> }

/**
 * The request of one push, in the mode of the account.
 *
 * @param now milliseconds since 1970
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Message_encryption_and_decryption.html
 */
export function pushRequest(
  account: Account,
  input: PushInput,
  now: number,
  tamper: Tamper = {},
): PushRequest {
  const { token, encodingAesKey, mode, url } = account.push
  const timestamp = String(tamper.timestamp ?? Math.floor(now / 1000))
  const nonce = String(randomInt(100_000_000, 2_000_000_000))
  const fields = pushFields(input.push, { ...input, to: account.originalId, appId: account.appId })
  const query: Record<string, string> = {
    signature: tamper.signature ?? signPush(token, timestamp, nonce),
    timestamp,
    nonce,
    openid: input.openid,
  }
  let body = writeXml(fields)
  if (mode !== 'plain') {
    const { appId = account.appId, badPadding = false } = tamper
    const Encrypt = seal(body, { encodingAesKey, appId, badPadding })
    query['encrypt_type'] = 'aes'
    query['msg_signature'] = tamper.msgSignature ?? signPush(token, timestamp, nonce, Encrypt)
    body = writeXml(mode === 'safe' ? { ToUserName: account.originalId, Encrypt } : { ...fields, Encrypt })
  }
  return {
    method: 'POST',
    url: withQuery(url, query),
    headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0', accept: '*/*', pragma: 'no-cache' },
    body: tamper.body ?? body,
  }
}

/** The request with which the console checks a server before it saves the settings; unencrypted in every mode. */
export function verifyRequest(
  { url, token }: Account['push'],
  now: number,
  tamper: Tamper = {},
): PushRequest & { echostr: string } {
  const timestamp = String(tamper.timestamp ?? Math.floor(now / 1000))
  const nonce = String(randomInt(100_000_000, 2_000_000_000))
  const echostr = String(randomBytes(8).readBigUInt64BE())
  const signature = tamper.signature ?? signPush(token, timestamp, nonce)
  return {
    method: 'GET',
    url: withQuery(url, { signature, echostr, timestamp, nonce }),
    headers: { 'user-agent': 'Mozilla/4.0', accept: '*/*', pragma: 'no-cache' },
    echostr,
  }
}

function withQuery(url: string, query: Record<string, string>): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`
}
