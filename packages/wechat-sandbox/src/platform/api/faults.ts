import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { sendErrcode } from './answers.ts'
import { ROOTS } from './roots.ts'
import type { Switches, SwitchValues } from '../switches/switches.ts'

/** A way for the platform to misbehave. */
export const faultSchema = z.union([
  z.strictObject({ errcode: z.number().int() }),
  z.strictObject({ status: z.number().int().min(400).max(599) }),
  z.strictObject({ body: z.string() }),
  z.strictObject({ kind: z.enum(['hang', 'reset']) }),
])
export type Fault = z.infer<typeof faultSchema>

const IS_API = new RegExp(`^/(${ROOTS.join('|')})/`)

/** Which paths misbehave, for how many requests; and how slow everything is. */
export class Faults {
  readonly #switches: Switches
  #byPath = new Map<string, { fault: Fault; left: number }>()

  constructor(switches: Switches) {
    this.#switches = switches
  }

  /** Milliseconds that every API answer takes: the switch of this name. */
  get latency(): number {
    return this.#switches.get('latency')
  }

  set latency(ms: number) {
    this.#switches.set('latency', ms)
  }

  /**
   * From now on requests to the path fail, `times` of them (default: all until cleared).
   *
   * @throws {Error} for a fault that there is not
   */
  set(path: string, fault: Fault, times = Infinity): void {
    this.#byPath.set(path, { fault: faultSchema.parse(fault), left: times })
  }

  /** Which paths fail now. */
  list(): { path: string; fault: Fault; left: number }[] {
    return [...this.#byPath].flatMap(([path, entry]) => (entry.left > 0 ? [{ path, ...entry }] : []))
  }

  clear(): void {
    this.#byPath.clear()
    this.latency = 0
  }

  /** Express middleware that plays the faults before the real routes. */
  handler(now: () => number): RequestHandler {
    return async (req, res, next) => {
      const isApi = IS_API.test(req.path)
      if (isApi && this.latency > 0) await sleep(this.latency)
      const fault = this.#take(req.path) ?? (isApi ? OUTAGES[this.#switches.get('outage')] : undefined)
      if (!fault) next()
      else if ('errcode' in fault) sendErrcode(res, req.path, fault.errcode, now())
      else if ('status' in fault)
        res.status(fault.status).type('html').send('<html><body>error</body></html>')
      else if ('body' in fault) res.type('json').send(fault.body)
      else if (fault.kind === 'reset') req.socket.destroy()
      // 'hang': no answer, ever; the socket ends with the client or the server
    }
  }

  #take(path: string): Fault | undefined {
    const entry = this.#byPath.get(path)
    if (!entry || entry.left <= 0) return undefined
    entry.left--
    return entry.fault
  }
}

const OUTAGES: Record<SwitchValues['outage'], Fault | undefined> = {
  none: undefined,
  hang: { kind: 'hang' },
  reset: { kind: 'reset' },
  garbage: { body: '<xml>not JSON' },
  'error page': { status: 502 },
}
