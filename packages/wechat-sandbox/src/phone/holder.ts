import type { Request, Response } from 'express'
import type { Person } from '../platform/account.ts'
import { PERSON_COOKIE, visitorOf } from '../platform/oauth/visitor.ts'
import type { Platform } from '../platform/platform.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'

/** Who holds the phone of this browser. */
export const holderOf = ({ people }: Platform, req: Request): Person => visitorOf(req, people).person

/** From now on this person holds the phone of this browser. */
export function rememberHolder(res: Response, person: Person): void {
  res.cookie(PERSON_COOKIE, person.id, { path: SANDBOX_PATH, sameSite: 'lax' })
}
