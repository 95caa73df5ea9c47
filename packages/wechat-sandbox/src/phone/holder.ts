import type { Request, Response } from 'express'
import type { Person } from '../platform/account.ts'
import { namedVisitor, PERSON_COOKIE } from '../platform/oauth/visitor.ts'
import type { Platform } from '../platform/platform.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import type { Phone } from './phoneState.ts'

/**
 * Who holds the phone that a request is about: whom `?as=` names, whom the browser's cookie names, who held it last.
 *
 * @throws {RangeError} where `as` names nobody
 */
export function holderOf(phone: Phone, req: Request): Person {
  const { platform } = phone
  const as = req.query['as']
  if (as !== undefined) return personOf(platform, String(as))
  return namedVisitor(req, platform.people) ?? phone.holder ?? platform.people[0]
}

/** @throws {RangeError} where nobody is called that */
export function personOf({ people }: Platform, id: string): Person {
  const person = people.find((one) => one.id === id)
  if (!person)
    throw new RangeError(`Nobody is called "${id}". There are: ${people.map((one) => one.id).join(', ')}.`)
  return person
}

/** From now on this person holds the phone, and every phone of this browser. */
export function rememberHolder(res: Response, phone: Phone, person: Person): void {
  phone.holder = person
  res.cookie(PERSON_COOKIE, person.id, { path: SANDBOX_PATH, sameSite: 'lax' })
}
