import { Errcode } from '../api/errcode.ts'
import { forgetOldest } from '../forgetOldest.ts'
import type { CustomerServiceDesk } from '../push/pushes.ts'
import type { Staff } from './staff.ts'

export interface Session {
  openid: string
  kfAccount: string
  /** Milliseconds since 1970. */
  createdAt: number
}

/** What the account's server hears of a session. */
export type SessionEvent = {
  event: 'kf_create_session' | 'kf_close_session'
  openid: string
  kfAccount: string
}

interface DeskOptions {
  staff: Staff
  now: () => number
  tell: (event: SessionEvent) => void
}

// The sandbox's own bound; WeChat names 100 who wait at once.
const KEPT = { entries: 1000, bytes: Infinity, sizeOf: () => 0 }

/** Who of the customer service talks with whom, and who waits. */
export class Desk implements CustomerServiceDesk {
  readonly #options: DeskOptions
  readonly #sessions = new Map<string, Session>()
  readonly #waiting = new Map<string, { openid: string; latestAt: number }>()

  constructor(options: DeskOptions) {
    this.#options = options
  }

  isServing(openid: string): boolean {
    return this.session(openid) !== undefined
  }

  /** The person waits, or is served at once where an account is named that can. */
  take(openid: string, kfAccount: string | undefined): void {
    const { staff, now } = this.#options
    if (kfAccount !== undefined && staff.online().some(({ account }) => account === kfAccount))
      return this.open(openid, kfAccount)
    this.#waiting.delete(openid)
    this.#waiting.set(openid, { openid, latestAt: now() })
    forgetOldest(this.#waiting, KEPT)
  }

  /**
   * Begins a session; one that is there already stays.
   *
   * @throws {Errcode} 65401 for no such account, 65402 where nobody sits behind it, 65414 where another one serves
   */
  open(openid: string, kfAccount: string): void {
    const { staff, now, tell } = this.#options
    if (staff.get(kfAccount).wechat === undefined) throw new Errcode(65402)
    const known = this.session(openid)
    if (known?.kfAccount === kfAccount) return
    if (known) throw new Errcode(65414)
    this.#waiting.delete(openid)
    this.#sessions.set(openid, { openid, kfAccount, createdAt: now() })
    forgetOldest(this.#sessions, KEPT)
    tell({ event: 'kf_create_session', openid, kfAccount })
  }

  /** @throws {Errcode} 65401 for no such account, 65413 where the two do not talk */
  close(openid: string, kfAccount: string): void {
    const { staff, tell } = this.#options
    staff.get(kfAccount)
    if (this.session(openid)?.kfAccount !== kfAccount) throw new Errcode(65413)
    this.#sessions.delete(openid)
    tell({ event: 'kf_close_session', openid, kfAccount })
  }

  /** Who serves this person. An account that was deleted serves nobody. */
  session(openid: string): Session | undefined {
    const session = this.#sessions.get(openid)
    return session && this.#options.staff.has(session.kfAccount) ? session : undefined
  }

  /** Whom this account serves. */
  sessionsOf(kfAccount: string): Session[] {
    return [...this.#sessions.values()].filter((session) => session.kfAccount === kfAccount)
  }

  /** Who waits, the longest first. */
  waiting(): { openid: string; latestAt: number }[] {
    return [...this.#waiting.values()]
  }
}
