import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express'
import { Problem } from './problem.ts'

const LARGEST = 65_536 // bytes
const UTF_8 = new TextDecoder('utf-8', { fatal: true })
// The key "__proto__", also with letters as numbers: of an object that is spread or merged later, its value would become
// the prototype. Looked for in the text, because a function that JSON.parse calls for each value takes forty times as long.
const PROTOTYPE =
  /"(?:_|\\u005f){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006f)(?:t|\\u0074)(?:o|\\u006f)(?:_|\\u005f){2}"\s*:/i

/**
 * Reads the JSON body of a request that changes something into `req.body`. Without a body that is undefined; what is in
 * it is still anything: check it with a schema.
 */
export function jsonBodies(): Router {
  return jsonAs(['application/json'])
}

/**
 * The same for `navigator.sendBeacon`, where a body of JSON may also come as text: Chrome 59 to 80, which is inside many
 * phones' WeChat, sends no beacon of type JSON. Any page of any site can send text: it stands behind `sameOrigin`.
 *
 * @see https://crbug.com/490015
 */
export function beaconBodies(): Router {
  return jsonAs(['application/json', 'text/plain'])
}

function jsonAs(types: string[]): Router {
  const read = express.raw({ type: types, limit: LARGEST, inflate: false })
  return Router().use(refuseUnread(types), read, parse, answerUnreadable)
}

// The reader would say so only once it has read to the end of what it does not take.
const refuseUnread =
  (types: string[]): RequestHandler =>
  (req, _res, next) => {
    const length = req.get('content-length')
    if (length === '0') return next('router') // what a browser sends without a body
    if (Number(length ?? 0) > LARGEST) throw tooLarge()
    // null: there is no body; false: another type.
    if (req.is(types) === false) throw notJson()
    next()
  }

const answerUnreadable: ErrorRequestHandler = (error, _req, _res, next) => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return next(tooLarge())
  if (status === 415) return next(notJson())
  if (status === 400) return next(notValid())
  next(error)
}

const parse: RequestHandler = (req, _res, next) => {
  const body: unknown = req.body
  if (Buffer.isBuffer(body)) req.body = parsed(body)
  next()
}

function parsed(bytes: Buffer): object {
  try {
    const text = UTF_8.decode(bytes)
    const value: unknown = PROTOTYPE.test(text) ? undefined : JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // neither UTF-8 nor JSON
  }
  throw notValid()
}

const tooLarge = (): Problem =>
  new Problem({
    status: 413,
    code: 'too_large',
    title: 'Too large',
    detail: `The body is over ${LARGEST} bytes.`,
  })

const notJson = (): Problem =>
  new Problem({
    status: 415,
    code: 'unsupported_media_type',
    title: 'Not JSON',
    detail: 'Bodies here are JSON, and not compressed.',
    hint: 'Send "Content-Type: application/json". A route that takes something else stands above `changes` in app.ts.',
  })

const notValid = (): Problem =>
  new Problem({
    status: 400,
    code: 'invalid_json',
    title: 'Invalid JSON',
    detail: 'The body is not a JSON object or list, in UTF-8 and without the key "__proto__".',
  })
