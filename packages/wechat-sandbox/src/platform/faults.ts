import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { sendErrcode } from './answers.ts'

/** A way for the platform to misbehave. */
export type Fault =
  { errcode: number } | { status: number } | { body: string } | { kind: 'hang' } | { kind: 'reset' }

/** Which paths misbehave, for how many requests; and how slow everything is. */
export class Faults {
  /** Milliseconds that every API answer takes. */
  latency = 0
  #byPath = new Map<string, { fault: Fault; left: number }>()

  /** From now on requests to the path fail, `times` of them (default: all until cleared). */
  set(path: string, fault: Fault, times = Infinity): void {
    this.#byPath.set(path, { fault, left: times })
  }

  clear(): void {
    this.#byPath.clear()
    this.latency = 0
  }

  /** Express middleware that plays the faults before the real routes. */
  handler(now: () => number): RequestHandler {
    return async (req, res, next) => {
      if (this.latency > 0) await sleep(this.latency)
      const entry = this.#byPath.get(req.path)
      if (!entry || entry.left <= 0) return next()
      entry.left--
      const { fault } = entry
      if ('errcode' in fault) sendErrcode(res, req.path, fault.errcode, now())
      else if ('status' in fault)
        res.status(fault.status).type('html').send('<html><body>error</body></html>')
      else if ('body' in fault) res.type('json').send(fault.body)
      else if (fault.kind === 'reset') req.socket.destroy()
      // 'hang': no answer, ever; the socket ends with the client or the server
    }
  }
}
