import type { Request } from 'express'
import type { Person } from '../account.ts'

/** The cookie in which a phone tells the platform who holds it. */
export const PERSON_COOKIE = 'wechat_person'
/** `chat`: the web view was opened from the account's conversation or menu. */
export const ENTRY_COOKIE = 'wechat_entry'

/** Who opened an authorize page, and from where. */
export interface Visitor {
  person: Person
  fromChat: boolean
}

/** Whom the cookie of a browser names. */
export function namedVisitor(req: Request, people: readonly Person[]): Person | undefined {
  const id = cookieOf(req, PERSON_COOKIE)
  return people.find((one) => one.id === id)
}

export function visitorOf(req: Request, people: [Person, ...Person[]]): Visitor {
  return {
    person: namedVisitor(req, people) ?? people[0],
    fromChat: cookieOf(req, ENTRY_COOKIE) === 'chat',
  }
}

function cookieOf(req: Request, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(req.get('cookie') ?? '')?.[1]
}
