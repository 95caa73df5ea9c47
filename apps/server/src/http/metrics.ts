import { Router } from 'express'
import type { Registry } from 'prom-client'
import type { Env } from '../env.ts'

/**
 * `GET METRICS_PATH`: what Prometheus reads. Off unless configured, and at no other spelling: a proxy that keeps this
 * path from the public compares letters.
 */
export function metricsRoute({ env, registry }: { env: Env; registry: Registry }): Router {
  const router = Router()
  const { metricsPath } = env
  if (!metricsPath) return router
  return router.get(/^/, async (req, res, next) => {
    if (req.originalUrl.split('?', 1)[0] !== metricsPath) return next()
    res
      .set('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
}
