import type { RequestHandler, Response } from 'express'
import { verdictOf } from './answers.ts'
import { Feed } from '../feed.ts'
import { redact, redactText } from './redact.ts'
import { ROOTS } from './roots.ts'

/** One request to the platform, without anything secret. */
export interface Call {
  id: number
  /** Milliseconds since 1970, on the platform's clock. */
  at: number
  method: string
  path: string
  query: Record<string, unknown>
  /** JSON without its secrets, at most 2,000 characters. */
  body: string
  response: string
  /** Of the answer; 0 where the caller left, or the platform hung or broke the connection. */
  status: number
  /** 0 for success; undefined where there was no answer in WeChat's form. */
  errcode: number | undefined
  errmsg: string
  rid: string | undefined
  /** How long it took, in real milliseconds. */
  ms: number
}

const KEPT = 500
const LOGGED = new RegExp(`^/(${[...ROOTS, 'connect'].join('|')})/`)

/** The platform's log of API calls. */
export class Calls extends Feed<Call> {
  #lastId = 0

  constructor() {
    super(KEPT)
  }

  /** Express middleware that notes every call once it is over. */
  handler(now: () => number): RequestHandler {
    return (req, res, next) => {
      if (!LOGGED.test(req.path)) return next()
      const { method, path } = req
      const query = redact(req.query)
      const [at, startedAt, id] = [now(), performance.now(), ++this.#lastId]
      res.once('close', () => {
        const body = typeof req.body === 'string' ? redactText(req.body) : ''
        const ms = Math.round(performance.now() - startedAt)
        this.add({ id, at, method, path, query, body, ms, ...outcomeOf(res) })
      })
      next()
    }
  }

  /** The call that ended with this request id. */
  byRid(rid: string): Call | undefined {
    return this.list().find((call) => call.rid === rid)
  }
}

function outcomeOf(res: Response): Pick<Call, 'status' | 'errcode' | 'errmsg' | 'rid' | 'response'> {
  if (!res.writableFinished)
    return { status: 0, errcode: undefined, errmsg: 'no answer', rid: undefined, response: '' }
  const { errcode, errmsg = '', rid, response = '' } = verdictOf(res) ?? {}
  return { status: res.statusCode, errcode, errmsg, rid, response: redactText(response) }
}
