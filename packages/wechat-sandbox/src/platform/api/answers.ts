import { randomBytes } from 'node:crypto'
import type { Response } from 'express'
import { textOf } from './errcode.ts'

/** What the platform answered, for its own log. */
export interface Outcome {
  errcode?: number
  errmsg?: string
  rid?: string
  response?: string
}

const outcomes = new WeakMap<Response, Outcome>()

/** What was answered to this request so far. */
export function verdictOf(res: Response): Outcome | undefined {
  return outcomes.get(res)
}

/** Remembers what is being answered, where it is not JSON. */
export function noteOutcome(res: Response, outcome: Outcome): void {
  outcomes.set(res, outcome)
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
  fields: object = {},
): void {
  const isSns = path.startsWith('/sns/')
  const words =
    isSns && errcode === 40001 ? 'invalid credential, access_token is invalid or not latest' : text
  const rid = requestId(now)
  const errmsg = `${words}${isSns ? ', ' : ' '}rid: ${rid}`
  send(res, path, { errcode, errmsg, ...fields }, { errcode, errmsg, rid })
}

/** Sends a success body with the content type that the path has at WeChat. */
export function sendJson(res: Response, path: string, body: unknown): void {
  send(res, path, body, { errcode: 0, errmsg: 'ok' })
}

function send(res: Response, path: string, body: unknown, outcome: Outcome): void {
  const response = JSON.stringify(body)
  noteOutcome(res, { ...outcome, response })
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
