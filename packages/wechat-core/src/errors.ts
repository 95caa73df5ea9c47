import { hintFor } from './hints.ts'

/** Where a request went. The query is left out on purpose: that is where tokens and secrets are. */
export interface RequestPlace {
  method: 'GET' | 'POST'
  /** Path without query, e.g. `/cgi-bin/stable_token`. */
  path: string
}

/** WeChat answered, and the answer is an errcode. */
export class WechatApiError extends Error {
  override readonly name = 'WechatApiError'
  /** Stable and machine readable, e.g. `wechat_40164`. */
  readonly code: string
  readonly errcode: number
  /** WeChat's text without the request id. Match on {@link errcode}, never on this. */
  readonly errmsg: string
  /** WeChat's request id; the console and `openapi/rid/get` look it up. */
  readonly rid: string | undefined
  readonly method: RequestPlace['method']
  readonly path: string
  /** What to do about it. */
  readonly hint: string | undefined
  /** The same in Chinese. */
  readonly hintZh: string | undefined

  constructor(place: RequestPlace, errcode: number, text: string) {
    const { errmsg, rid } = splitRid(text)
    super(`[wechat] ${place.method} ${place.path}: errcode ${errcode} ${errmsg}`)
    this.code = `wechat_${errcode}`
    this.errcode = errcode
    this.errmsg = errmsg
    this.rid = rid
    this.method = place.method
    this.path = place.path
    this.hint = hintFor(errcode)?.en
    this.hintZh = hintFor(errcode)?.zh
  }
}

export type TransportFailure = 'wechat_timeout' | 'wechat_unreachable' | 'wechat_bad_response'

const TRANSPORT_HINTS: Record<TransportFailure, string> = {
  wechat_timeout:
    'WeChat did not answer in time. Check that this machine reaches WECHAT_API_URL, then try again.',
  wechat_unreachable: 'WeChat could not be reached. Check DNS, the proxy and WECHAT_API_URL.',
  wechat_bad_response:
    'The answer is not what WeChat documents. Check that WECHAT_API_URL is the API host and not a proxy error page.',
}

/** WeChat did not answer, or not with what it documents. */
export class WechatTransportError extends Error {
  override readonly name = 'WechatTransportError'
  readonly code: TransportFailure
  readonly method: RequestPlace['method']
  readonly path: string
  readonly hint: string
  /** What went wrong, without where. */
  readonly detail: string

  constructor(place: RequestPlace, code: TransportFailure, detail: string) {
    super(`[wechat] ${place.method} ${place.path}: ${detail}`)
    this.detail = detail
    this.code = code
    this.method = place.method
    this.path = place.path
    this.hint = TRANSPORT_HINTS[code]
  }
}

/** Errcodes that say "this access_token is no longer good": renew it once, then retry once. */
export function isStaleToken(error: unknown): boolean {
  return error instanceof WechatApiError && [40001, 40014, 42001].includes(error.errcode)
}

// "invalid appid rid: 68f0a1b2-..." from cgi-bin, "invalid appid, rid: ..." from sns.
function splitRid(text: string): { errmsg: string; rid: string | undefined } {
  const at = text.lastIndexOf('rid: ')
  const rid = text.slice(at + 'rid: '.length).trim()
  if (at < 0 || !/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/i.test(rid)) return { errmsg: text, rid: undefined }
  const errmsg = text.slice(0, at).trimEnd()
  return { errmsg: errmsg.endsWith(',') ? errmsg.slice(0, -1) : errmsg, rid }
}
