import { Router } from 'express'
import type { Store, Wechat } from 'wechat-core'
import { Problem } from '../problem.ts'

/** `/healthz`: the process lives. `/readyz`: the store answers and a ticket is at hand. */
export function healthRoutes({ store, wechat }: { store: Store; wechat: Wechat }): Router {
  return Router()
    .get('/healthz', (_req, res) => {
      res.set('cache-control', 'no-store').json({ status: 'ok' })
    })
    .get('/readyz', async (req, res) => {
      const missing: string[] = []
      const check = async (name: string, work: Promise<unknown>) =>
        work.catch((error: unknown) => {
          req.log.warn({ err: error }, `not ready: ${name}`)
          missing.push(name)
        })
      await check('store', store.get('readyz'))
      await check('jsapi_ticket', wechat.credentials.jsapiTicket())
      if (missing.length > 0) {
        throw new Problem({
          status: 503,
          code: 'not_ready',
          title: 'Not ready',
          detail: `Missing: ${missing.join(', ')}.`,
          hint: 'The log says why.',
        })
      }
      res.set('cache-control', 'no-store').json({ status: 'ok' })
    })
}
