import { randomBytes } from 'node:crypto'
import { Errcode } from '../api/errcode.ts'
import { Switches } from '../switches/switches.ts'

interface Issued {
  value: string
  issuedAt: number
  /** Milliseconds since 1970; shortened when a newer one retires it. */
  expiresAt: number
}

const USUAL_LIFE = 7200_000
const OVERLAP = 300_000 // old and new token both work for 5 minutes
const FORCE_GAP = 30_000
const FORCED_PER_DAY = 20

export type TicketType = 'jsapi' | 'wx_card'

/** A ticket or token that was issued, and whether it still counts. */
export interface SigningSecret {
  value: string
  kind: TicketType | 'access_token'
  valid: boolean
}

export interface TokensOptions {
  /** How long tokens and tickets live, in milliseconds. Default: two hours. */
  life?: number
  /** How the switch of this name stands at the start. */
  ticketsRotate?: boolean
}

/** The platform's tokens and tickets, on its own clock. `/cgi-bin/token` and `stable_token` are isolated from each other. */
export class Tokens {
  readonly #now: () => number
  readonly #life: number
  readonly #switches: Switches
  #classic: Issued[] = []
  #stable: Issued[] = []
  #killed = new Set<string>()
  #forced: number[] = []
  #tickets = new Map<TicketType, Issued[]>()

  constructor(now: () => number, switches = new Switches(), life = USUAL_LIFE) {
    this.#now = now
    this.#life = life
    this.#switches = switches
  }

  /** Each call issues a new token and retires the one before. */
  issueClassic(): { access_token: string; expires_in: number } {
    return this.#issue(this.#classic, OVERLAP)
  }

  /** The same token with its remaining seconds; a new one in its last 5 minutes, or when forced. */
  issueStable(force: boolean): { access_token: string; expires_in: number } {
    const now = this.#now()
    const current = this.#stable.at(-1)
    const lastForced = this.#forced.at(-1) ?? -Infinity
    if (force && now - lastForced >= FORCE_GAP) {
      this.#forced = this.#forced.filter((at) => now - at < 86_400_000)
      if (this.#forced.length >= FORCED_PER_DAY) throw new Errcode(45009)
      this.#forced.push(now)
      return this.#issue(this.#stable, 0)
    }
    if (!current || this.#killed.has(current.value) || current.expiresAt - now <= OVERLAP)
      return this.#issue(this.#stable, OVERLAP)
    return { access_token: current.value, expires_in: Math.floor((current.expiresAt - now) / 1000) }
  }

  /** @throws {Errcode} 41001 missing, 42001 (a switch) expired, 40001 unknown or replaced */
  check(token: unknown): void {
    if (typeof token !== 'string' || token === '') throw new Errcode(41001)
    const issued = [...this.#classic, ...this.#stable].find((one) => one.value === token)
    const isTaken = this.#killed.has(token) || this.#switches.get('tokenTaken')
    if (!issued || isTaken) throw new Errcode(40001)
    if (this.#now() < issued.expiresAt) return
    const isExpired = this.#now() - issued.issuedAt >= this.#life
    throw new Errcode(isExpired ? Number(this.#switches.get('expiredToken')) : 40001)
  }

  /** What happens when another system takes the token: every issued one is worthless at once. */
  killAll(): void {
    for (const issued of [...this.#classic, ...this.#stable]) this.#killed.add(issued.value)
  }

  /** Repeated calls return the same ticket, reported with its full life each time (believed). */
  issueTicket(type: TicketType): { ticket: string; expires_in: number } {
    const now = this.#now()
    const known = this.#ticketsOf(type)
    let current = known.at(-1)
    const rotates = this.#switches.get('ticketsRotate')
    const isDue = current && rotates && current.expiresAt - now <= OVERLAP
    if (!current || current.expiresAt <= now || isDue) {
      current = { value: secret(64), issuedAt: now, expiresAt: now + this.#life }
      known.push(current)
      if (known.length > 100) known.shift()
    }
    if (!rotates) current.expiresAt = now + this.#life
    return { ticket: current.value, expires_in: this.#life / 1000 }
  }

  /** Makes the current ticket worthless; the next call issues another. */
  killTickets(): void {
    for (const known of this.#tickets.values()) for (const one of known) one.expiresAt = this.#now()
  }

  /** Tickets that a signature may be made with now. */
  validTickets(type: TicketType): string[] {
    return this.#ticketsOf(type)
      .filter((one) => one.expiresAt > this.#now())
      .map((one) => one.value)
  }

  /** All that a page may have been signed with, rightly or by mistake: for telling people which one it was. */
  issuedForSigning(): SigningSecret[] {
    const now = this.#now()
    const secrets = (kind: SigningSecret['kind'], list: Issued[]): SigningSecret[] =>
      list.map(({ value, expiresAt }) => ({
        value,
        kind,
        valid: expiresAt > now && !this.#killed.has(value),
      }))
    return [
      ...secrets('jsapi', this.#ticketsOf('jsapi')),
      ...secrets('wx_card', this.#ticketsOf('wx_card')),
      ...secrets('access_token', [...this.#stable, ...this.#classic]),
    ]
  }

  #ticketsOf(type: TicketType): Issued[] {
    const known = this.#tickets.get(type) ?? []
    this.#tickets.set(type, known)
    return known
  }

  #issue(list: Issued[], overlap: number): { access_token: string; expires_in: number } {
    const now = this.#now()
    const before = list.at(-1)
    if (before) before.expiresAt = Math.min(before.expiresAt, now + overlap)
    const issued: Issued = { value: `80_${secret(100)}`, issuedAt: now, expiresAt: now + this.#life }
    list.push(issued)
    if (list.length > 100) list.shift()
    return { access_token: issued.value, expires_in: this.#life / 1000 }
  }
}

/** Random letters, digits, - and _, as WeChat's credentials look. */
export function secret(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length)
}
