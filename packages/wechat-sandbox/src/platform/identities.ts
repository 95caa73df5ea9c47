import { createHash } from 'node:crypto'
import type { Account, Person } from './account.ts'
import type { Switches } from './switches/switches.ts'

/** How people are known to the account: by openid, and by unionid where it is bound to an Open Platform account. */
export class Identities {
  readonly #account: Account
  readonly #people: Person[]
  readonly #switches: Switches

  constructor(account: Account, people: Person[], switches: Switches) {
    this.#account = account
    this.#people = people
    this.#switches = switches
  }

  /** 28 characters, the same for one person at one account. */
  openidOf(person: Person): string {
    const digest = createHash('sha256').update(`${this.#account.appId}:${person.id}`).digest('base64url')
    return `o${digest.slice(0, 27)}`
  }

  /** Whose openid this is at this account. */
  personOf(openid: string): Person | undefined {
    return this.#people.find((person) => this.openidOf(person) === openid)
  }

  /** The person with this id. @throws {RangeError} that lists who there is */
  person(id: string): Person {
    const person = this.#people.find((one) => one.id === id)
    if (person) return person
    throw new RangeError(
      `Nobody is called "${id}". There are: ${this.#people.map((one) => one.id).join(', ')}.`,
    )
  }

  /** The field `unionid` of an answer, where the switch `openPlatform` is on. */
  unionidField(person: Person): { unionid?: string } {
    return this.#switches.get('openPlatform') ? { unionid: this.unionidOf(person) } : {}
  }

  /** The same for one person in all that belongs to one Open Platform account. */
  unionidOf(person: Person): string {
    const digest = createHash('sha256').update(`open platform:${person.id}`).digest('base64url')
    return `o${digest.slice(0, 27)}`
  }
}
