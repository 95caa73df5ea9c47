import { Router } from 'express'
import type { Store, Wechat } from 'wechat-core'
import { Problem } from '../problem.ts'

const MARK = 'readyz'
const MARK_KEPT = 60_000 // milliseconds

/** `/healthz`: the process lives. `/readyz`: the store answers and takes writes, and a ticket is at hand. */
export function healthRoutes({ store, wechat }: { store: Store; wechat: Wechat }): Router {
  return Router()
    .get('/healthz', (_req, res) => {
      res.set('cache-control', 'no-store').json({ status: 'ok' })
    })
    .get('/readyz', async (req, res) => {
      const check = async (name: string, work: Promise<unknown>): Promise<string | undefined> => {
        try {
          await work
          return undefined
        } catch (error) {
          req.log.warn({ err: error }, `not ready: ${name}`)
          return name
        }
      }
      const [read, write, ticket] = await Promise.all([
        check('store', store.get(MARK)),
        check('store (it takes no writes)', store.set(MARK, 'ready', MARK_KEPT)),
        check('jsapi_ticket', wechat.credentials.jsapiTicket()),
      ])
      const missing = [read ?? write, ticket].filter((name) => name !== undefined)
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
