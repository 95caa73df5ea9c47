import type { ErrorRequestHandler, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit, type Store as HitStore } from 'express-rate-limit'
import type { Store } from 'wechat-core'
import { Problem, toProblem } from './problem.ts'

const MINUTE = 60_000

interface Limited {
  /** Where hits are counted, for all processes together. */
  store: Store
  /** What is counted apart from other limits. */
  name: string
}

/**
 * 3,000 requests a minute and address, for routes that write to the store: a crowd behind one address of a mobile
 * network gets in, a flood does not fill the disk.
 */
export function limitRequests(limited: Limited): RequestHandler {
  return limit({ ...limited, most: 3_000 })
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
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? '0.0.0.0'), // none: the client is gone already
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false, // TRUST_PROXY is the operator's decision, and the window has no fixed end
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
  const keyOf = (address: string) => `limit:${name}:${address}`
  return {
    // The window begins with an address's first hit. A store that is away closes no door.
    async increment(address) {
      const totalHits = await store.increment(keyOf(address), MINUTE).catch(() => 1)
      return { totalHits, resetTime: undefined }
    },
    // For limits that take hits back; these don't.
    decrement: () => undefined,
    resetKey: (address) => store.delete(keyOf(address)),
  }
}
