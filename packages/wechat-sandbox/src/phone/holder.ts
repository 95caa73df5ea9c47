import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import type { Person } from '../platform/account.ts'
import type { Platform } from '../platform/platform.ts'
import { PERSON_COOKIE } from '../platform/routes.ts'
import { SANDBOX_PATH } from './sandboxPath.ts'

/** Who holds the phone of this browser. */
export function holderOf({ people }: Platform, { headers }: IncomingMessage): Person {
  const id = new RegExp(`(?:^|;\\s*)${PERSON_COOKIE}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1]
  return people.find((person) => person.id === id) ?? people[0]
}

/** From now on this person holds the phone of this browser. */
export function rememberHolder(res: Response, person: Person): void {
  res.cookie(PERSON_COOKIE, person.id, { path: SANDBOX_PATH, sameSite: 'lax' })
}
