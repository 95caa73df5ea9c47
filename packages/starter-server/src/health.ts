import { Router } from 'express'
import type { Logger } from 'pino'
import type { Store, Wechat } from 'wechat-core'
import { Problem } from './problem.ts'

const MARK = 'readyz'
const MARK_KEPT = 60_000 // milliseconds
const CHECK_EVERY = 1_000 // whoever asks more often gets the same answer: a check writes to the store

/** Where these routes stand: all else passes by in one step (underApi.ts). */
export const HEALTH_PATHS = ['/healthz', '/readyz']

export interface HealthParts {
  store: Store
  wechat: Wechat
  /** Aborted when the process is about to end. */
  ending?: AbortSignal | undefined
}

/**
 * `/healthz`: the process lives. `/readyz`: the store answers and takes writes, a ticket is at hand, and the process is not
 * about to end.
 */
export function healthRoutes({ store, wechat, ending }: HealthParts): Router {
  let checkAt = -Infinity
  let checked: Promise<string[]> = Promise.resolve([])

  async function whatIsMissing(log: Logger): Promise<string[]> {
    const check = async (name: string, work: Promise<unknown>): Promise<string | undefined> => {
      try {
        await work
        return undefined
      } catch (error) {
        log.warn({ err: error }, `not ready: ${name}`)
        return name
      }
    }
    const [read, write, ticket] = await Promise.all([
      check('store', store.get(MARK)),
      check('store (it takes no writes)', store.set(MARK, 'ready', MARK_KEPT)),
      check('jsapi_ticket', wechat.credentials.jsapiTicket()),
    ])
    return [read ?? write, ticket].filter((name) => name !== undefined)
  }

  return Router()
    .get('/healthz', (_req, res) => {
      res.set('cache-control', 'no-store').json({ status: 'ok' })
    })
    .get('/readyz', async (req, res) => {
      if (ending?.aborted)
        throw notReady('This process is about to end.', 'Send new requests to another one.')
      if (performance.now() >= checkAt) {
        checkAt = performance.now() + CHECK_EVERY
        checked = whatIsMissing(req.log)
      }
      const missing = await checked
      if (missing.length > 0) {
        throw notReady(`Missing: ${missing.join(', ')}.`, 'The log says why.')
      }
      res.set('cache-control', 'no-store').json({ status: 'ok' })
    })
}

function notReady(detail: string, hint: string): Problem {
  return new Problem({ status: 503, code: 'not_ready', title: 'Not ready', detail, hint })
}
