import { WechatApiError } from '../errors.ts'
import type { ModelProcess } from './credentialModel.ts'
import { isAccounts, TICKET, TOKEN, type Asked, type Issued, type ModelWechat } from './modelWechat.ts'
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
const DUE = 302_000 // what has less left may be renewed: five minutes, a second of rounding, and the time that an answer takes
const MINUTE = 60_000
const SETTLES = 2 * MINUTE // so long after a disturbance only the rules for each process hold, not those for all

/** What must hold in every run of the model. */
export const RULES = [
  'no ticket has ended',
  'no older ticket again',
  'no long wait',
  'no refusal',
  'no end with 40001',
  'no refused token',
  'all come back',
  'a process renews once',
  'all renew once',
  'a process asks twice',
  'a machine asks twice',
  'all ask twice',
] as const
type Rule = (typeof RULES)[number]

/** How often each rule was put to the test: a rule that never is holds nothing. */
export type Judged = Record<Rule, number>

/** The rules, and what the processes of a run did so far. */
export class ModelRules {
  #processes = 0
  #broken: string[] = []
  #judged = Object.fromEntries(RULES.map((rule) => [rule, 0])) as Judged
  #disturbances: { from: number; until: number }[] = []
  #isClockSet = false
  #agreeSince = -Infinity
  #given = new Map<number, Issued>()
  #refused = new Map<number, Set<string>>()
  #own = new Map<string, Issued>()
  #excused = new Set<string>()
  #latest = new Map<string, { issued: Issued; at: number; process: number }>()
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
   * ask for themselves: until the clocks are the same again, and what was written before has ended.
   */
  clockIsSet(): void {
    this.disturbed()
    this.#isClockSet = true
    if (this.#parts.machines.length > 1) this.#agreeSince = this.#now
  }

  /** The number of the next process. */
  isStarted(): number {
    if (this.#isClockSet) this.#agreeSince = this.#now
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
    const ended = (refusal?: { error: unknown }): Issued | undefined => {
      const who = `process ${process.id}`
      const waited = this.#now - startedAt
      if (reachable && reachable.expiresAt > this.#now)
        this.#rule('no long wait', waited <= LONGEST_WAIT, `${who} waited ${waited} ms beside a valid ticket`)
      const before = this.#given.get(process.id)
      const why = String(refusal?.error)
      if (mustSucceed) this.#rule('all come back', !refusal, `${who} did not come back: ${why}`)
      else if (before && this.#isKnown(before) && before.expiresAt - ROUNDED > this.#now)
        this.#rule('no refusal', !refusal, `${who} refused beside a valid ticket: ${why}`)
      return before
    }
    promise.then(
      (value) => {
        const before = ended()
        const issued = this.#parts.wechat.find(value)
        const isGood = issued !== undefined && issued.expiresAt >= this.#now
        this.#rule('no ticket has ended', isGood, `process ${process.id} gave a ticket that had ended`)
        if (!isGood) return
        const isOlder = before !== undefined && issued.number < before.number
        if (before && this.#isKnown(before) && before.expiresAt > this.#now)
          this.#rule('no older ticket again', !isOlder, `process ${process.id} went back to an older ticket`)
        if (issued !== before) this.#isTaken(process.id, issued)
        this.#given.set(process.id, issued)
      },
      (error: unknown) => void ended({ error }),
    )
  }

  /** A token that was refused is never used again, and a call never ends because of it. */
  judgeCall(promise: Promise<void>): void {
    const startedAt = this.#now
    const ended = (error?: unknown): void => {
      if (this.#disturbances.some(({ from }) => from >= startedAt)) return
      const isStale = error instanceof WechatApiError && error.errcode === 40001
      this.#rule('no end with 40001', !isStale, 'a call ended with 40001')
    }
    promise.then(() => ended(), ended)
  }

  uses(process: ModelProcess, token: string): void {
    const refused = this.#refused.get(process.id)
    if (refused)
      this.#rule('no refused token', !refused.has(token), `process ${process.id} used a refused token`)
  }

  isRefused(process: ModelProcess, token: string): void {
    const refused = this.#refused.get(process.id) ?? new Set()
    this.#refused.set(process.id, refused.add(token))
    for (const path of [TOKEN, TICKET]) this.mayAskAgain(process.id, path)
  }

  /** All that was broken, and how often it could have been. */
  result(): { broken: string[]; judged: Judged } {
    this.#judgeOutages()
    return { broken: this.#broken, judged: this.#judged }
  }

  // Once a renewal: each process for itself always, all together while nothing disturbs them.
  #isGiven(process: number, path: string, issued: Issued): void {
    const key = `${process} ${path}`
    const [own, latest] = [this.#own.get(key), this.#latest.get(path)]
    const left = (one: Issued): number => (one.isKilled ? 0 : one.expiresAt - this.#now)
    const isExcused = this.#excused.delete(key)
    const again = `process ${process} asked ${path} again for`
    if (own && !isExcused) this.#rule('a process renews once', left(own) <= DUE, `${again} nothing`)
    if (latest && !isExcused && this.#isCalm(latest.at) && this.#isKnown(latest.issued))
      this.#rule('all renew once', left(latest.issued) <= DUE, `${again} what another has`)
    this.#own.set(key, issued)
    this.#latest.set(path, { issued, at: this.#now, process })
  }

  // What another process asked for, and this one did not.
  #isTaken(process: number, issued: Issued): void {
    const latest = this.#latest.get(TICKET)
    const isAnothers = latest?.issued === issued && latest.process !== process
    if (isAnothers && this.#isCalm(latest.at) && this.#isKnown(issued)) this.#rule('all renew once', true, '')
  }

  // Twice in a minute: each process always, a machine's or all of them while nothing disturbs them. Pauses need no
  // clocks that agree.
  #judgeOutages(): void {
    const failed = this.#parts.wechat.asked.filter(({ outage }) => outage)
    for (const [index, { at, outage, process, machine }] of failed.entries()) {
      const recent = failed
        .slice(0, index + 1)
        .filter((other) => other.at > at - MINUTE && other.outage === outage)
      const atMostTwo = (rule: Rule, who: string, isCounted: (other: Asked) => boolean): void => {
        const count = recent.filter(isCounted).length
        this.#rule(rule, count <= 2, `${who} asked ${count} times in an outage minute`, at)
      }
      atMostTwo('a process asks twice', `process ${process}`, (other) => other.process === process)
      if (!outage || !this.#isCalm(at - MINUTE, at)) continue
      if (isAccounts(outage)) atMostTwo('all ask twice', 'all', () => true)
      else atMostTwo('a machine asks twice', `machine ${machine}`, (other) => other.machine === machine)
    }
  }

  #isCalm(from: number, to = this.#now): boolean {
    return !this.#disturbances.some((known) => known.until > from - SETTLES && known.from <= to)
  }

  // All processes know how long it lives: they got it while their clocks were the same, and still are.
  #isKnown(issued: Issued): boolean {
    const [first, ...others] = this.#parts.machines
    return issued.issuedAt > this.#agreeSince && others.every(({ offset }) => offset === first?.offset)
  }

  // Where the process itself would find a valid ticket.
  #reachable(process: ModelProcess): Issued | undefined {
    const { fault } = process.link
    const given = this.#given.get(process.id)
    if (given && given.expiresAt - ROUNDED > this.#now && this.#isKnown(given)) return given
    if (fault !== undefined && fault !== 'readOnly') return undefined
    const stored = this.#parts.wechat.find(this.#parts.stored() ?? '')
    return stored && this.#isKnown(stored) ? stored : undefined
  }

  #rule(rule: Rule, isKept: boolean, what: string, at = this.#now): void {
    this.#judged[rule]++
    if (!isKept) this.#broken.push(`${at}: ${what}`)
  }
}
