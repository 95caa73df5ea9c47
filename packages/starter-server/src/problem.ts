import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import {
  isStoreFailure,
  PageUrlError,
  PushError,
  WechatApiError,
  WechatTransportError,
  type ErrorKind,
} from 'wechat-core'
import { escapeHtml } from './escapeHtml.ts'
import { shortened } from './log.ts'

export interface ProblemFields {
  status: number
  /** Stable and machine readable. */
  code: string
  title: string
  detail: string
  hint?: string | undefined
  /** The same for people who read Chinese. */
  hintZh?: string | undefined
  /** What is wrong with single fields of a form, for its reader, by their names. */
  errors?: Record<string, string> | undefined
  /** False: it is JSON for everybody, also for a browser that navigates. */
  page?: false | undefined
  /** Where a person who sees this as a page can try again. A path on this site. */
  retry?: string | undefined
}

/** An answer that says no. Thrown by routes, answered by {@link answerErrors} as RFC 9457 problem JSON. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly fields: ProblemFields

  /** @param cause the error behind it, for the log */
  constructor(fields: ProblemFields, cause?: unknown) {
    super(`${fields.status} ${fields.code}: ${fields.detail}`, { cause })
    this.fields = fields
  }
}

/** The last route: nothing is here. */
export const notFound: RequestHandler = (req) => {
  throw new Problem(nothingAt(req))
}

/** The same where scripts and pictures are: what is asked for as one of them must never be a page. */
export const fileNotFound: RequestHandler = (req) => {
  throw new Problem({ ...nothingAt(req), page: false })
}

const nothingAt = (req: Request): ProblemFields => ({
  status: 404,
  code: 'not_found',
  title: 'Not found',
  detail: `Nothing answers ${req.method} ${shortened(req.path)}.`,
})

/** Draws a problem as a page. */
export type DrawProblem = (fields: ProblemFields, req: Request) => string | Promise<string>

/**
 * The last middleware: every error becomes a problem; a browser that navigates gets it as a page.
 *
 * @param draw the page of this site; where it fails there is a plain one
 */
export function answerErrorsAs(draw: DrawProblem): ErrorRequestHandler {
  return async (error, req, res, next) => {
    if (res.headersSent) return next(error)
    const fields = toProblem(error)
    if (fields.status >= 500) noteFailure(res, error)
    res.status(fields.status).set('cache-control', 'no-store')
    if (fields.page === false || !req.get('accept')?.includes('text/html'))
      return void sendJson(res, fields, prefersChinese(req))
    res.type('html').send(await drawn(draw, fields, req))
  }
}

/** The same with a plain page. */
export const answerErrors: ErrorRequestHandler = answerErrorsAs(plainPage)

async function drawn(draw: DrawProblem, fields: ProblemFields, req: Request): Promise<string> {
  try {
    return await draw(fields, req)
  } catch {
    return plainPage(fields) // what failed may be what every page needs
  }
}

function sendJson(res: Response, fields: ProblemFields, chinese: boolean): void {
  const { status, code, title, detail, errors } = fields
  const hint = chinese ? (fields.hintZh ?? fields.hint) : fields.hint
  res
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, code, hint, errors }))
}

// Hands an error to the request's log line.
function noteFailure(res: Response, error: unknown): void {
  const reason: unknown = error instanceof Problem ? (error.cause ?? error) : error
  res.err = reason instanceof Error ? reason : new TypeError('something that is no error was thrown')
}

export function prefersChinese(req: Request): boolean {
  return req.acceptsLanguages('en', 'zh') === 'zh'
}

// 503: worth another try later, whether in a second or tomorrow. 502: only a change here or at WeChat helps.
const STATUS: Record<ErrorKind, number> = {
  busy: 503,
  stale: 503,
  quota: 503,
  login: 400,
  configuration: 502,
  address: 502,
  recipient: 502,
  request: 502,
  unknown: 502,
}

/** What a client is told about an error. Unknown ones say nothing about themselves. */
export function toProblem(error: unknown): ProblemFields {
  if (error instanceof Problem) return error.fields
  if (error instanceof PageUrlError) {
    const invalid = error.code === 'invalid_url'
    return {
      status: invalid ? 400 : 403,
      code: error.code,
      title: invalid ? 'Invalid URL' : 'URL not allowed',
      detail: error.message,
      hint: invalid
        ? undefined
        : 'Add it to WECHAT_JS_DOMAINS, and to the JS interface security domains in the console.',
    }
  }
  if (error instanceof PushError) {
    const { status, code, message, hint } = error
    return { status, code, title: 'Push rejected', detail: message, hint }
  }
  if (error instanceof WechatApiError) {
    const rid = error.rid ? ` (rid ${error.rid})` : ''
    return {
      status: STATUS[error.kind],
      code: error.code,
      title: 'WeChat refused the request',
      detail: `${error.method} ${error.path} was answered with errcode ${error.errcode}${rid}.`,
      hint: error.hint,
      hintZh: error.hintZh,
    }
  }
  if (error instanceof WechatTransportError) {
    return {
      status: error.code === 'wechat_timeout' ? 504 : 502,
      code: error.code,
      title: 'WeChat did not answer as expected',
      detail: `${error.method} ${error.path} failed.`,
      hint: error.hint,
      hintZh: error.hintZh,
    }
  }
  if (isStoreFailure(error)) {
    return {
      status: 503,
      code: 'store_unavailable',
      title: 'The store does not answer',
      detail: 'What this needs is kept in a store that cannot be reached now. Try again in a moment.',
    }
  }
  return toHttpProblem(error)
}

// Express and its parts mark what a client did wrong with a 4xx status; anything else is ours.
function toHttpProblem(error: unknown): ProblemFields {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  if (status >= 400 && status < 500) {
    return { status, code: 'bad_request', title: 'Bad request', detail: 'The request could not be read.' }
  }
  return {
    status: 500,
    code: 'internal_error',
    title: 'Internal error',
    detail: 'Something went wrong on this server.',
  }
}

// Where nothing of the site is at hand.
function plainPage({ status, title, detail, hint, code, retry }: ProblemFields): string {
  const link = retry ? `<a href="${escapeHtml(retry)}">重试 · Try again</a> ` : ''
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><style>
:root { color-scheme: light dark } body { margin: 2rem auto; padding: 0 1rem; max-width: 34rem; font: 1rem/1.6 system-ui, sans-serif }
</style></head><body><main><p>${status}</p><h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p>${hint ? `<p>${escapeHtml(hint)}</p>` : ''}
<p><code>${escapeHtml(code)}</code></p><p>${link}<a href="/">首页 · Home</a></p></main></body></html>`
}
