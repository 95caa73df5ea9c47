import type { z } from 'zod'
import { WechatApiError, WechatTransportError, type RequestPlace } from './errors.ts'
import type { OnEvent } from './events.ts'
import { AnswerTooLarge, readAnswer, type Answer } from './httpAnswer.ts'

const LARGEST = 16 * 1024 * 1024

export interface HttpOptions {
  /** Default `https://api.weixin.qq.com`. A path in it is kept, so a proxy can live under a prefix. */
  apiUrl?: string
  fetch?: typeof fetch
  /** Time limit of one request, in milliseconds. Default 5,000. */
  timeoutMs?: number
  /** Told of every request and its errcode. */
  onEvent?: OnEvent
}

export interface HttpRequest<S extends z.ZodType> extends RequestPlace {
  query?: Record<string, string>
  /** An object is sent as JSON, a form as multipart/form-data, a Blob as it is. */
  body?: Record<string, unknown> | FormData | Blob
  /**
   * `file`: the answer is a file, which `schema` sees as a `WechatFile`; where WeChat answers with JSON in its place,
   * `schema` sees that. Default `json`.
   */
  answer?: 'json' | 'file'
  /** Time limit of this request, in milliseconds. Default: that of the account. */
  timeoutMs?: number
  /** The largest answer that is read, in bytes. Default 16 MiB, more than WeChat's largest file. */
  maxBytes?: number
  /** What a good answer looks like. Nothing that does not match it gets past this module. */
  schema: S
}

/** Sends one request to WeChat and returns a checked answer. */
export type Http = <S extends z.ZodType>(request: HttpRequest<S>) => Promise<z.output<S>>

/**
 * The only place that talks to WeChat. Every request has a time limit, every answer a largest size and a
 * schema, and what it throws holds neither query nor body.
 *
 * @throws {WechatApiError} WeChat answered with an errcode other than 0
 * @throws {WechatTransportError} no answer, or none that WeChat documents
 */
export function createHttp(options: HttpOptions = {}): Http {
  const base = (options.apiUrl ?? 'https://api.weixin.qq.com').replace(/\/+$/, '')
  const send = options.fetch ?? fetch
  const timeoutMs = options.timeoutMs ?? 5000

  return async (request) => {
    const startedAt = performance.now()
    const { method, path, query, schema, answer: wanted = 'json', maxBytes = LARGEST } = request
    const place = { method, path }
    const tell = (errcode: number | undefined) =>
      options.onEvent?.({ type: 'request', path, errcode, ms: performance.now() - startedAt })
    const timeLimit = request.timeoutMs ?? timeoutMs
    const search = query ? `?${new URLSearchParams(query)}` : ''
    let answer: Answer
    try {
      const response = await send(`${base}${path}${search}`, toInit(request, timeLimit))
      answer = await readAnswer(response, { wanted, maxBytes })
    } catch (error) {
      tell(undefined)
      if (!(error instanceof AnswerTooLarge)) throw toTransportError(place, error, timeLimit)
      throw new WechatTransportError(place, 'wechat_bad_response', `an answer of more than ${maxBytes} bytes`)
    }
    const { status, size, value } = answer
    const failure = readErrcode(value)
    tell(value === undefined ? undefined : (failure?.errcode ?? 0))
    if (value === undefined) {
      const what = `HTTP ${status} with ${size} bytes that are not JSON`
      throw new WechatTransportError(place, 'wechat_bad_response', what)
    }
    if (failure) throw new WechatApiError(place, failure.errcode, scrub(failure.errmsg, secretsIn(request)))
    if (status >= 400) throw new WechatTransportError(place, 'wechat_bad_response', `HTTP ${status}`)
    const checked = schema.safeParse(value)
    if (!checked.success) {
      const where = checked.error.issues
        .map((issue) => issue.path.join('.') || '(the whole answer)')
        .join(', ')
      throw new WechatTransportError(place, 'wechat_bad_response', `the answer lacks or garbles ${where}`)
    }
    return checked.data
  }
}

// A form and a Blob bring their own content type and length, which WeChat wants to know before it reads.
function toInit({ method, body }: HttpRequest<z.ZodType>, timeLimit: number): RequestInit {
  const init: RequestInit = { method, signal: AbortSignal.timeout(timeLimit), redirect: 'error' }
  if (body === undefined) return init
  if (isRaw(body)) return { ...init, body }
  return { ...init, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

const isRaw = (body: object): body is FormData | Blob => body instanceof FormData || body instanceof Blob

// Only the error's kind is kept: its message and cause may quote the address, and with it the secret.
function toTransportError(place: RequestPlace, error: unknown, timeoutMs: number): WechatTransportError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new WechatTransportError(place, 'wechat_timeout', `no answer within ${timeoutMs} ms`)
  }
  const cause = error instanceof Error ? error.cause : undefined
  const kind = cause instanceof Error && 'code' in cause ? String(cause.code) : 'network error'
  return new WechatTransportError(place, 'wechat_unreachable', kind)
}

// Absent or 0 both mean success: some endpoints send `errcode: 0`, others leave it out.
function readErrcode(answer: unknown): { errcode: number; errmsg: string } | undefined {
  if (typeof answer !== 'object' || answer === null || !('errcode' in answer)) return undefined
  const errcode = Number(answer.errcode)
  if (errcode === 0 || !Number.isInteger(errcode)) return undefined
  return { errcode, errmsg: 'errmsg' in answer ? String(answer.errmsg) : '' }
}

function secretsIn({ query, body }: HttpRequest<z.ZodType>): unknown[] {
  return [...Object.values(query ?? {}), ...(body && !isRaw(body) ? Object.values(body) : [])]
}

function scrub(text: string, secrets: unknown[]): string {
  return secrets
    .filter((secret): secret is string => typeof secret === 'string' && secret.length >= 8)
    .reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text)
}
