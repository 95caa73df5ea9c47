import { WechatApiError } from '../errors.ts'
import type { ModelProcess } from './credentialModel.ts'
import { TICKET, TOKEN, type Issued, type ModelWechat } from './modelWechat.ts'
import type { VirtualMachine, VirtualTime } from './virtualTime.ts'

export interface RulesParts {
  time: VirtualTime
  wechat: ModelWechat
  machines: VirtualMachine[]
  /** The ticket in the store, whatever the connections do. */
  stored: () => string | undefined
}

const LONGEST_WAIT = 5_000
const ROUNDED = 3_000 // a process counts from before its request, and WeChat tells whole seconds
const DUE = 301_000 // what has less left may be renewed
const MINUTE = 60_000
const SETTLES = 2 * MINUTE // so long after a disturbance only the rules for each process hold, not those for all

/** What must never happen in a run of the model, and what its processes did so far. */
export class ModelRules {
  outages = 0
  #processes = 0
  #broken: string[] = []
  #disturbances: { from: number; until: number }[] = []
  #isClockSet = false
  #clocksAgree = true
  #given = new Map<number, Issued>()
  #refused = new Map<number, Set<string>>()
  #own = new Map<string, Issued>()
  #excused = new Set<string>()
  #latest = new Map<string, { issued: Issued; at: number }>()
  readonly #parts: RulesParts

  constructor(parts: RulesParts) {
    this.#parts = parts
    parts.wechat.onGiven = (process, path, issued) => this.#isGiven(process, path, issued)
  }

  get #now(): number {
    return this.#parts.time.elapsed
  }

  /** The store, a process, or what WeChat gave is not what it was: what they knew together may be lost. */
  disturbed(): void {
    this.#disturbances.push({ from: this.#now, until: this.#now })
  }

  /** The same for as long as the returned function is not called. */
  disturbedFromNow(): () => void {
    const disturbance = { from: this.#now, until: Infinity }
    this.#disturbances.push(disturbance)
    return () => (disturbance.until = this.#now)
  }

  /**
   * Processes that were there when their clock was set agree on the time. Others believe less of what those wrote, and
   * ask for themselves.
   */
  clockIsSet(): void {
    this.disturbed()
    this.#isClockSet = true
    if (this.#parts.machines.length > 1) this.#clocksAgree = false
  }

  /** The number of the next process. */
  isStarted(): number {
    if (this.#isClockSet) this.#clocksAgree = false
    return this.#processes++
  }

  /** The store forgets: what a process has from another one is gone, and so doubtful. */
  storeIsSetBack(): void {
    this.disturbed()
    for (const key of this.#own.keys()) this.#excused.add(key)
  }

  /** It has a reason to ask once more, though what it has is fresh. */
  mayAskAgain(process: number, path: string): void {
    this.#excused.add(`${process} ${path}`)
    this.#latest.delete(path)
  }

  /** A ticket that a process gives is good, newer than the one before, and comes in time. */
  judge(process: ModelProcess, promise: Promise<string>, { mustSucceed = false } = {}): void {
    const startedAt = this.#now
    const reachable = this.#reachable(process)
    const late = (): void => {
      if (this.#now - startedAt > LONGEST_WAIT && reachable && reachable.expiresAt > this.#now)
        this.#tell(`process ${process.id} waited ${this.#now - startedAt} ms beside a valid ticket`)
    }
    promise.then(
      (value) => {
        late()
        const before = this.#given.get(process.id)
        const issued = this.#parts.wechat.find(value)
        if (!issued || issued.expiresAt < this.#now)
          this.#tell(`process ${process.id} gave a ticket that had ended`)
        else if (before && issued.number < before.number && before.expiresAt > this.#now && this.#clocksAgree)
          this.#tell(`process ${process.id} went back to an older ticket`)
        else this.#given.set(process.id, issued)
      },
      (error: unknown) => {
        late()
        const before = this.#given.get(process.id)
        if (mustSucceed) this.#tell(`process ${process.id} did not come back: ${String(error)}`)
        else if (before && before.expiresAt - ROUNDED > this.#now && this.#clocksAgree)
          this.#tell(`process ${process.id} refused beside a valid ticket: ${String(error)}`)
      },
    )
  }

  /** A token that was refused is never used again, and a call never ends because of it. */
  judgeCall(promise: Promise<void>): void {
    const startedAt = this.#now
    promise.catch((error: unknown) => {
      const isStale = error instanceof WechatApiError && error.errcode === 40001
      if (isStale && !this.#disturbances.some(({ from }) => from >= startedAt))
        this.#tell('a call ended with 40001')
    })
  }

  uses(process: ModelProcess, token: string): void {
    if (this.#refused.get(process.id)?.has(token)) this.#tell(`process ${process.id} used a refused token`)
  }

  isRefused(process: ModelProcess, token: string): void {
    const refused = this.#refused.get(process.id) ?? new Set()
    this.#refused.set(process.id, refused.add(token))
    for (const path of [TOKEN, TICKET]) this.mayAskAgain(process.id, path)
  }

  /** All that was broken. */
  verdict(): string[] {
    this.#judgeOutages()
    return this.#broken
  }

  // Once a renewal: each process for itself always, all together while nothing disturbs them.
  #isGiven(process: number, path: string, issued: Issued): void {
    const key = `${process} ${path}`
    const [own, latest] = [this.#own.get(key), this.#latest.get(path)]
    const left = (one: Issued): number => (one.isKilled ? 0 : one.expiresAt - this.#now)
    const isExcused = this.#excused.delete(key)
    if (own && left(own) > DUE && !isExcused) this.#tell(`process ${process} asked ${path} again for nothing`)
    const isCalm = this.#isCalm(latest?.at ?? this.#now)
    if (latest && left(latest.issued) > DUE && isCalm && !isExcused && this.#clocksAgree)
      this.#tell(`process ${process} asked ${path} again for what another has`)
    this.#own.set(key, issued)
    this.#latest.set(path, { issued, at: this.#now })
  }

  // Twice in a minute: each process always, a machine's or all of them while nothing disturbs them.
  #judgeOutages(): void {
    const failed = this.#parts.wechat.asked.filter(({ outage }) => outage !== undefined)
    for (const [index, last] of failed.entries()) {
      const recent = failed
        .slice(0, index + 1)
        .filter(
          ({ at, outage, path }) => at > last.at - MINUTE && outage === last.outage && path === last.path,
        )
      const own = recent.filter(({ process }) => process === last.process).length
      const machines = recent.filter(({ machine }) => machine === last.machine).length
      if (own > 2)
        this.#broken.push(`${last.at}: process ${last.process} asked ${own} times in an outage minute`)
      if (machines > 2 && this.#isCalm(last.at - MINUTE, last.at) && this.#clocksAgree)
        this.#broken.push(`${last.at}: machine ${last.machine} asked ${machines} times in an outage minute`)
    }
  }

  #isCalm(from: number, to = this.#now): boolean {
    return !this.#disturbances.some((known) => known.until > from - SETTLES && known.from <= to)
  }

  // Where the process itself would find a valid ticket.
  #reachable(process: ModelProcess): Issued | undefined {
    const { fault } = process.link
    const given = this.#given.get(process.id)
    if (given && given.expiresAt - ROUNDED > this.#now && this.#clocksAgree) return given
    const stored = this.#parts.stored()
    const canRead = (fault === undefined || fault === 'readOnly') && this.#clocksAgree
    return canRead && stored !== undefined ? this.#parts.wechat.find(stored) : undefined
  }

  #tell(what: string): void {
    this.#broken.push(`${this.#now}: ${what}`)
  }
}
