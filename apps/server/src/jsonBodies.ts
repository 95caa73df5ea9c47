import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express'
import { Problem } from './problem.ts'

const LARGEST = 65_536 // bytes

/**
 * Reads the JSON body of a request that changes something into `req.body`. Without a body that is undefined; what is in
 * it is still anything: check it with a schema.
 */
export function jsonBodies(): Router {
  const parse = express.json({ limit: LARGEST, inflate: false, reviver: withoutPrototypes })
  return Router().use(refuseUnread, parse, answerUnreadable)
}

// The parser would say so only once it has read to the end of what it does not take.
const refuseUnread: RequestHandler = (req, _res, next) => {
  const length = req.get('content-length')
  if (length === '0') return next('router') // what a browser sends without a body
  if (Number(length ?? 0) > LARGEST) throw tooLarge()
  // null: there is no body; false: another type.
  if (req.is('application/json') === false) throw notJson()
  next()
}

const answerUnreadable: ErrorRequestHandler = (error, _req, _res, next) => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return next(tooLarge())
  if (status === 415) return next(notJson())
  if (status === 400) return next(notValid())
  next(error)
}

// Of an object that is spread or merged later, this key would become the prototype.
function withoutPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
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
    detail: 'Bodies here are JSON, in UTF-8, not compressed.',
    hint: 'Send "Content-Type: application/json". A route that takes something else stands above jsonBodies in app.ts.',
  })

const notValid = (): Problem =>
  new Problem({
    status: 400,
    code: 'invalid_json',
    title: 'Invalid JSON',
    detail: 'The body is not a JSON object or list.',
  })
