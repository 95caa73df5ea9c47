import { Router } from 'express'
import type { Store } from 'wechat-core'
import { jsonBodies } from './jsonBodies.ts'
import { limitRequests } from './limits.ts'
import { sameOrigin, type Site } from './sameOrigin.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * What a request has to pass that would change something: it comes from a page of ours, not too often, and its body is
 * JSON. A route finds that in `req.body`.
 */
export function changes({ env, store }: { env: Site; store: Store }): Router {
  return Router()
    .use((req, _res, next) => next(READING.includes(req.method) ? 'router' : undefined))
    .use(sameOrigin(env), limitRequests({ store, name: 'changes' }), jsonBodies())
}
