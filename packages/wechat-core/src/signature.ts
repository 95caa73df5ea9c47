import { hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { sortedHash } from './sortedHash.ts'

/** What `wx.config` needs, and the URL it was made for. `timestamp` is in seconds. */
export interface JsapiSignature {
  timestamp: number
  nonceStr: string
  signature: string
  /** The URL that was signed: as given, with the hash cut. */
  url: string
}

export interface JsapiSignatureInput {
  /** A ticket of type `jsapi`; a `wx_card` ticket gives "invalid signature". */
  ticket: string
  /** The page's URL, with scheme and query. A hash is cut, nothing else is changed. */
  url: string
  /** Default: 16 random hex characters. */
  nonceStr?: string
  /** Seconds since 1970. Default: now. */
  timestamp?: number
}

/**
 * Signs a page URL for `wx.config`. Pure apart from the random nonce and the clock; nothing is cached,
 * because a signature is cheaper than looking one up and must never outlive its ticket.
 *
 * @example signJsapi({ ticket, url: 'https://h5.example.com/articles/hello' })
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html appendix 1
 */
export function signJsapi(input: JsapiSignatureInput): JsapiSignature {
  if (!input.ticket) throw new TypeError('signJsapi needs a jsapi_ticket')
  const url = cutHash(input.url)
  const nonceStr = input.nonceStr ?? createNonceStr()
  const timestamp = input.timestamp ?? Math.floor(Date.now() / 1000)
  const signature = hash('sha1', jsapiString({ ticket: input.ticket, nonceStr, timestamp, url }))
  return { timestamp, nonceStr, signature, url }
}

/** The string that is hashed: raw values, lower-case keys, this order, no URL encoding. */
export function jsapiString(parts: {
  ticket: string
  nonceStr: string
  timestamp: number | string
  url: string
}): string {
  return `jsapi_ticket=${parts.ticket}&noncestr=${parts.nonceStr}&timestamp=${parts.timestamp}&url=${parts.url}`
}

/** The URL up to its first `#`. WeChat never judges by the hash. */
export function cutHash(url: string): string {
  const at = url.indexOf('#')
  return at < 0 ? url : url.slice(0, at)
}

/** 16 hex characters from the system's random source, which `randomUUID` asks for many at once. */
export function createNonceStr(): string {
  const uuid = randomUUID()
  return uuid.slice(0, 8) + uuid.slice(-8)
}

/**
 * The signature of a server push or of the URL verification: SHA-1 over the sorted, joined parts.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
 */
export function serverSignature(...parts: string[]): string {
  return sortedHash(parts)
}

export interface ServerVerification {
  /** The Token of the server configuration. */
  token: string
  signature: string
  /** Seconds since 1970, as WeChat sent it. */
  timestamp: string
  nonce: string
  /** Milliseconds since 1970. Default: now. */
  now?: number
  /** How far `timestamp` may be off, in seconds. Default: 600. */
  windowSeconds?: number
}

/**
 * Whether a request to the callback address carries WeChat's signature and is fresh.
 * Constant time in the signature; an empty token verifies nothing.
 */
export function verifyServerSignature(input: ServerVerification): boolean {
  const { token, timestamp, nonce, signature } = input
  return (
    isFresh(timestamp, input.now ?? Date.now(), input.windowSeconds) &&
    hasSignature(signature, token, timestamp, nonce)
  )
}

/** How far a timestamp of WeChat's may be off, in seconds. */
export const FRESH_FOR = 600

/** Whether a timestamp in seconds is at most `windowSeconds` off. `now`: milliseconds since 1970. */
export function isFresh(timestamp: string, now: number, windowSeconds = FRESH_FOR): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= windowSeconds
}

/** Whether `signature` was made with this token over these parts, in constant time. An empty token made none. */
export function hasSignature(signature: string, token: string, ...parts: string[]): boolean {
  if (!token) return false
  const [expected, given] = [Buffer.from(serverSignature(token, ...parts)), Buffer.from(signature)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
