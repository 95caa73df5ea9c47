import { WechatApiError, WechatTransportError } from '../errors.ts'
import type { Http } from '../http.ts'
import type { Random } from './random.ts'
import type { VirtualTime } from './virtualTime.ts'

/** A token or a ticket as WeChat knows it. */
export interface Issued {
  value: string
  /** The how many-th of its kind. */
  number: number
  issuedAt: number
  expiresAt: number
  isKilled: boolean
}

export const OUTAGES = ['hang', 'unreachable', 'busy', 'quota'] as const
export type OutageKind = (typeof OUTAGES)[number]

export interface Outage {
  kind: OutageKind
  path: string
  /** Only this machine meets it; undefined for all. */
  machine: number | undefined
}

/** The account meets these, wherever its processes are; the others concern the way from a machine to WeChat. */
export const isAccounts = ({ kind }: Outage): boolean => kind === 'busy' || kind === 'quota'

export interface Asked {
  at: number
  path: string
  process: number
  machine: number
  /** The outage that made it fail. */
  outage: Outage | undefined
}

export const TOKEN = '/cgi-bin/stable_token'
export const TICKET = '/cgi-bin/ticket/getticket'

const LIFE = 7_200_000
const OVERLAP = 300_000 // the next one is given this long before the end
const TIMEOUT = 5_000

/** WeChat's token endpoints in virtual time. Repeated calls give the same value with its remaining seconds. */
export class ModelWechat {
  readonly asked: Asked[] = []
  /** Told of every value before it is given away. */
  onGiven = (_process: number, _path: string, _issued: Issued): void => undefined
  outage: Outage | undefined
  #issued: Record<string, Issued[]> = { [TOKEN]: [], [TICKET]: [] }
  readonly #time: VirtualTime
  readonly #random: Random

  constructor(time: VirtualTime, random: Random) {
    this.#time = time
    this.#random = random
  }

  find(value: string): Issued | undefined {
    return Object.values(this.#issued)
      .flat()
      .find((issued) => issued.value === value)
  }

  isGood(value: string): boolean {
    const issued = this.find(value)
    return issued !== undefined && !issued.isKilled && issued.expiresAt > this.#time.elapsed
  }

  /** Another system takes them: all that were issued are worthless. */
  killAll(path: string): void {
    for (const issued of this.#issued[path] ?? []) issued.isKilled = true
  }

  http(process: number, machine: number): Http {
    return async ({ method, path, query, schema }) => {
      const { outage } = this
      const meets = outage && outage.path === path && (outage.machine ?? machine) === machine
      this.asked.push({
        at: this.#time.elapsed,
        path,
        process,
        machine,
        outage: meets ? outage : undefined,
      })
      const place = { method, path }
      await this.#time.sleep(meets && outage.kind === 'hang' ? TIMEOUT : 20 + this.#random.below(400))
      if (meets) {
        if (outage.kind === 'busy') throw new WechatApiError(place, -1, 'system error')
        if (outage.kind === 'quota') throw new WechatApiError(place, 45009, 'reach max api daily quota limit')
        const code = outage.kind === 'hang' ? 'wechat_timeout' : 'wechat_unreachable'
        throw new WechatTransportError(place, code, outage.kind)
      }
      const token = query?.['access_token']
      if (token !== undefined && !this.isGood(token))
        throw new WechatApiError(place, 40001, 'invalid credential')
      const issued = this.#current(path)
      const { value, expiresAt } = issued
      this.onGiven(process, path, issued)
      const expires_in = Math.floor((expiresAt - this.#time.elapsed) / 1000)
      return schema.parse({ access_token: value, ticket: value, expires_in })
    }
  }

  #current(path: string): Issued {
    const issued = (this.#issued[path] ??= [])
    const latest = issued.at(-1)
    const { elapsed } = this.#time
    if (latest && !latest.isKilled && latest.expiresAt - elapsed > OVERLAP) return latest
    const number = issued.length
    const next = {
      value: `${path}#${number}`,
      number,
      issuedAt: elapsed,
      expiresAt: elapsed + LIFE,
      isKilled: false,
    }
    issued.push(next)
    return next
  }
}
