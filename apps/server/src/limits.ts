import type { ErrorRequestHandler, RequestHandler } from 'express'
import { rateLimit, type Store as HitStore } from 'express-rate-limit'
import type { Store } from 'wechat-core'
import { Problem, toProblem } from './problem.ts'

const MINUTE = 60_000

interface Limited {
  /** Where hits are counted, for all processes together. */
  store: Store
  /** What is counted apart from other limits. */
  name: string
}

/** 600 requests a minute and address, for routes that write to the store. */
export function limitRequests(limited: Limited): RequestHandler {
  return limit({ ...limited, most: 600 })
}

/**
 * Mounted after routes: 300 refused requests a minute and address, then only "too many requests". What is answered
 * well is neither counted nor held up: thousands of people can share one address of a mobile network.
 */
export function limitRefusals(limited: Limited): ErrorRequestHandler {
  const count = limit({ ...limited, most: 300 })
  return (error, req, res, next) => {
    if (toProblem(error).status >= 500) return next(error)
    void count(req, res, (tooMany?: unknown) => next(tooMany ?? error))
  }
}

function limit({ store, name, most }: Limited & { most: number }): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: most,
    store: hitsIn(store, name),
    passOnStoreError: true, // a store that is away closes no door
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { trustProxy: false }, // TRUST_PROXY is the operator's decision
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

function hitsIn(store: Store, name: string): HitStore {
  const keyOf = (address: string) => `limit:${name}:${address}:${Math.floor(Date.now() / MINUTE)}`
  return {
    async increment(address) {
      const resetTime = new Date((Math.floor(Date.now() / MINUTE) + 1) * MINUTE)
      return { totalHits: await store.increment(keyOf(address), MINUTE), resetTime }
    },
    // For limits that take hits back; these don't.
    decrement: () => undefined,
    resetKey: (address) => store.delete(keyOf(address)),
  }
}
