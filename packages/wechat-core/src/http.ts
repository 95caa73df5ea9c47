import type { z } from 'zod'
import { WechatApiError, WechatTransportError, type RequestPlace } from './errors.ts'
import type { OnEvent } from './events.ts'

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
  /** Sent as JSON. */
  body?: Record<string, unknown>
  /** What a good answer looks like. Nothing that does not match it gets past this module. */
  schema: S
}

/** Sends one request to WeChat and returns a checked answer. */
export type Http = <S extends z.ZodType>(request: HttpRequest<S>) => Promise<z.output<S>>

/**
 * The only place that talks to WeChat. Every request has a time limit, every answer is checked by a schema,
 * and what it throws holds neither query nor body.
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
    const tell = (errcode: number | undefined) =>
      options.onEvent?.({ type: 'request', path: request.path, errcode, ms: performance.now() - startedAt })
    const { method, path, query, body, schema } = request
    const place = { method, path }
    const init: RequestInit = { method, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }
    if (body) {
      init.body = JSON.stringify(body)
      init.headers = { 'content-type': 'application/json' }
    }
    const search = query ? `?${new URLSearchParams(query)}` : ''
    let status: number
    let text: string
    try {
      const response = await send(`${base}${path}${search}`, init)
      status = response.status
      text = await response.text()
    } catch (error) {
      tell(undefined)
      throw toTransportError(place, error, timeoutMs)
    }
    const answer = parseJson(text)
    const failure = readErrcode(answer)
    tell(answer === undefined ? undefined : (failure?.errcode ?? 0))
    if (answer === undefined) {
      const what = `HTTP ${status} with ${text.length} characters that are not JSON`
      throw new WechatTransportError(place, 'wechat_bad_response', what)
    }
    if (failure) {
      const secrets = [...Object.values(query ?? {}), ...Object.values(body ?? {})]
      throw new WechatApiError(place, failure.errcode, scrub(failure.errmsg, secrets))
    }
    if (status >= 400) throw new WechatTransportError(place, 'wechat_bad_response', `HTTP ${status}`)
    const checked = schema.safeParse(answer)
    if (!checked.success) {
      const where = checked.error.issues
        .map((issue) => issue.path.join('.') || '(the whole answer)')
        .join(', ')
      throw new WechatTransportError(place, 'wechat_bad_response', `the answer lacks or garbles ${where}`)
    }
    return checked.data
  }
}

// Only the error's kind is kept: its message and cause may quote the address, and with it the secret.
function toTransportError(place: RequestPlace, error: unknown, timeoutMs: number): WechatTransportError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new WechatTransportError(place, 'wechat_timeout', `no answer within ${timeoutMs} ms`)
  }
  const cause = error instanceof Error ? error.cause : undefined
  const kind = cause instanceof Error && 'code' in cause ? String(cause.code) : 'network error'
  return new WechatTransportError(place, 'wechat_unreachable', kind)
}

// WeChat sends JSON as text/plain on some paths, so the content type decides nothing.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// Absent or 0 both mean success: some endpoints send `errcode: 0`, others leave it out.
function readErrcode(answer: unknown): { errcode: number; errmsg: string } | undefined {
  if (typeof answer !== 'object' || answer === null || !('errcode' in answer)) return undefined
  const errcode = Number(answer.errcode)
  if (errcode === 0 || !Number.isInteger(errcode)) return undefined
  return { errcode, errmsg: 'errmsg' in answer ? String(answer.errmsg) : '' }
}

function scrub(text: string, secrets: unknown[]): string {
  return secrets
    .filter((secret): secret is string => typeof secret === 'string' && secret.length >= 8)
    .reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text)
}
