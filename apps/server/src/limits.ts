import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { Problem } from './problem.ts'

const MINUTE = 60_000

/**
 * 300 refused requests a minute and address. What is answered well costs a hash and is not counted: thousands of
 * people can share one address of a mobile network.
 */
export function limitRefusals(): RequestHandler {
  return limit({ limit: 300, skipSuccessfulRequests: true })
}

/** 600 requests a minute and address, for routes that write to the store. */
export function limitRequests(): RequestHandler {
  return limit({ limit: 600 })
}

function limit(options: { limit: number; skipSuccessfulRequests?: boolean }): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { trustProxy: false }, // TRUST_PROXY is the operator's decision
    ...options,
    handler: (_req, _res, next) =>
      next(
        new Problem({
          status: 429,
          code: 'too_many_requests',
          title: 'Too many requests',
          detail: 'This address has sent too many requests. Wait a minute.',
        }),
      ),
  })
}
