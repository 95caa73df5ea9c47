import { meaningOf, type ErrorKind, type Hint } from './errorCodes.ts'

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
  /** What the failure asks for: another try, a login, a change of the settings. */
  readonly kind: ErrorKind
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
    const { kind, hint } = meaningOf(errcode, place.path)
    this.kind = kind
    this.hint = hint?.en
    this.hintZh = hint?.zh
  }
}

export type TransportFailure = 'wechat_timeout' | 'wechat_unreachable' | 'wechat_bad_response'

const TRANSPORT_HINTS: Record<TransportFailure, Hint> = {
  wechat_timeout: {
    en: 'WeChat did not answer in time. Check that this machine reaches the API host, then try again.',
    zh: '微信没有及时应答。请检查本机能否访问接口域名，然后再试。',
  },
  wechat_unreachable: {
    en: 'WeChat could not be reached. Check DNS, the proxy and the address of the API host.',
    zh: '无法连接微信。请检查 DNS、代理和接口域名的地址。',
  },
  wechat_bad_response: {
    en: 'The answer is not what WeChat documents. Check that the API host is WeChat and not the error page of a proxy.',
    zh: '应答不符合微信的文档。请检查接口域名指向微信，而不是代理的错误页。',
  },
}

/** WeChat did not answer, or not with what it documents. */
export class WechatTransportError extends Error {
  override readonly name = 'WechatTransportError'
  readonly code: TransportFailure
  readonly method: RequestPlace['method']
  readonly path: string
  /** What to do about it. */
  readonly hint: string
  /** The same in Chinese. */
  readonly hintZh: string
  /** What went wrong, without where. */
  readonly detail: string

  constructor(place: RequestPlace, code: TransportFailure, detail: string) {
    super(`[wechat] ${place.method} ${place.path}: ${detail}`)
    this.detail = detail
    this.code = code
    this.method = place.method
    this.path = place.path
    this.hint = TRANSPORT_HINTS[code].en
    this.hintZh = TRANSPORT_HINTS[code].zh
  }
}

/** Whether the access_token is no longer good: renew it once, then try once more. */
export function isStaleToken(error: unknown): error is WechatApiError {
  return error instanceof WechatApiError && error.kind === 'stale'
}

/** Whether only this machine, or its way to WeChat, is to blame: another one may well succeed. */
export function isMachineFailure(error: unknown): boolean {
  if (error instanceof WechatApiError) return error.kind === 'address'
  return error instanceof WechatTransportError
}

// "invalid appid rid: 68f0a1b2-..." from cgi-bin, "invalid appid, rid: ..." from sns.
function splitRid(text: string): { errmsg: string; rid: string | undefined } {
  const at = text.lastIndexOf('rid: ')
  const rid = text.slice(at + 'rid: '.length).trim()
  if (at < 0 || !/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/i.test(rid)) return { errmsg: text, rid: undefined }
  const errmsg = text.slice(0, at).trimEnd()
  return { errmsg: errmsg.endsWith(',') ? errmsg.slice(0, -1) : errmsg, rid }
}
