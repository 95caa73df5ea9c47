import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Request, RequestHandler } from 'express'
import { isSameKey } from '../sameKey.ts'

/** The header, and the parameter of an event stream, which cannot have headers. */
const HEADER = 'wechat-phone-key'
const PARAMETER = 'key'

/**
 * What the phone's own page has and the site's page in it has not. Both have one origin, so nothing that a browser says
 * of a request tells them apart; the key stands in the document of the phone alone, which is given to
 * no request of a page. It keeps out requests, not a page that reaches into the phone's document (docs/security.md).
 */
export interface PageKey {
  readonly value: string
  /** Express middleware: lets programs pass, the phone, and who types the address. */
  readonly guard: RequestHandler
}

export function createPageKey(): PageKey {
  const value = randomBytes(18).toString('base64url')
  const isRight = (given: unknown): boolean => isSameKey(given, value)
  return {
    value,
    guard(req, res, next) {
      const isTyped = req.get('sec-fetch-site') === 'none'
      if (isProgram(req) || isTyped || isRight(req.get(HEADER)) || isRight(req.query[PARAMETER]))
        return next()
      res.status(403).json({
        error:
          'The phone and programs such as curl ask this; no other page in a browser may, also of the site.',
      })
    },
  }
}

/**
 * Whether a program asks: every browser names itself in one of these headers, and no page can take them away.
 */
export const isProgram = ({ headers }: Request): boolean =>
  headers.origin === undefined && headers['sec-fetch-site'] === undefined

/** Whether a tab of a browser wants a page for itself, which then is no page's to read. */
export const isForTab = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-fetch-dest'] ?? 'document') === 'document'
