import type { Person } from '../account.ts'
import type { Switches } from '../switches/switches.ts'

const LATELY = 86_400_000 // how long a consent keeps snapshot pages away: believed
const MINUTE = 60_000

/** When people logged in, and when they agreed to. */
export class Consents {
  readonly #now: () => number
  readonly #switches: Switches
  readonly #agreed = new Map<string, number>()
  readonly #asked = new Map<string, number[]>()

  constructor(now: () => number, switches: Switches) {
    this.#now = now
    this.#switches = switches
  }

  /** The person agreed to a login, or chose the full service on a snapshot page. */
  agree({ id }: Person): void {
    this.#agreed.set(id, this.#now())
  }

  hasLately({ id }: Person): boolean {
    return this.#now() - (this.#agreed.get(id) ?? -Infinity) < LATELY
  }

  /** Counts a login; false where there were too many within a minute. */
  mayAskAgain({ id }: Person): boolean {
    const now = this.#now()
    const lately = (this.#asked.get(id) ?? []).filter((at) => now - at < MINUTE)
    const isOften = lately.length >= this.#switches.get('authorizePerMinute')
    if (!isOften) lately.push(now)
    this.#asked.set(id, lately)
    return !isOften
  }
}
