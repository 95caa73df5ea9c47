import { randomBytes } from 'node:crypto'
import type { Response } from 'express'
import { textOf } from './errcode.ts'

/** What the platform answered, for its own log. */
export interface Verdict {
  errcode?: number
  errmsg?: string
  rid?: string
  response?: string
}

const verdicts = new WeakMap<Response, Verdict>()

/** What was answered to this request so far. */
export function verdictOf(res: Response): Verdict | undefined {
  return verdicts.get(res)
}

/** Remembers what is being answered, where it is not JSON. */
export function noteVerdict(res: Response, verdict: Verdict): void {
  verdicts.set(res, verdict)
}

/**
 * Answers an errcode as WeChat does: HTTP 200, the text ended by a request id. `cgi-bin` puts a space before it,
 * `sns` a comma, and `sns` sends its JSON as text/plain.
 */
export function sendErrcode(
  res: Response,
  path: string,
  errcode: number,
  now: number,
  text = textOf(errcode),
): void {
  const isSns = path.startsWith('/sns/')
  const words =
    isSns && errcode === 40001 ? 'invalid credential, access_token is invalid or not latest' : text
  const rid = requestId(now)
  const errmsg = `${words}${isSns ? ', ' : ' '}rid: ${rid}`
  send(res, path, { errcode, errmsg }, { errcode, errmsg, rid })
}

/** Sends a success body with the content type that the path has at WeChat. */
export function sendJson(res: Response, path: string, body: unknown): void {
  send(res, path, body, { errcode: 0, errmsg: 'ok' })
}

function send(res: Response, path: string, body: unknown, verdict: Verdict): void {
  const response = JSON.stringify(body)
  noteVerdict(res, { ...verdict, response })
  // sns and the errors of media/get come as text (reports of developers).
  const isText = path.startsWith('/sns/') || path.startsWith('/cgi-bin/media/get')
  res.type(isText ? 'text/plain' : 'application/json').send(response)
}

function requestId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')
  const random = randomBytes(8).toString('hex')
  return `${seconds}-${random.slice(0, 8)}-${random.slice(8)}`
}
