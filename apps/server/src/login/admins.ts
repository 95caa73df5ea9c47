import type { RequestHandler } from 'express'
import type { Env } from '../env.ts'
import { Problem } from 'starter-server/problem'
import { userOf } from './user.ts'

/** Whether somebody is named in ADMIN_OPENIDS. */
export const isAdmin = ({ adminOpenids }: Pick<Env, 'adminOpenids'>, openid: string | undefined): boolean =>
  openid !== undefined && adminOpenids.includes(openid)

/** Lets only those pass who are named in ADMIN_OPENIDS. Stands behind `requireUser`. */
export function requireAdmin(env: Pick<Env, 'adminOpenids'>): RequestHandler {
  return (req, _res, next) => next(isAdmin(env, userOf(req).openid) ? undefined : notAdmin())
}

function notAdmin(): Problem {
  return new Problem({
    status: 403,
    code: 'admin_only',
    title: 'Only for the owners of this site',
    detail: 'Your openid is not one of ADMIN_OPENIDS.',
    hint: 'The page /me shows your openid. Put it into ADMIN_OPENIDS and start the server again.',
    retry: '/me',
  })
}
