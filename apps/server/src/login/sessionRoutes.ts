import { Router, type Request, type Response } from 'express'
import type { Env } from '../env.ts'
import { cookieName, cookieOptions } from '../http/cookies.ts'
import type { Login } from './login.ts'
import type { Members } from './members.ts'
import { endSession } from './session.ts'
import { findUser } from './user.ts'

/** `GET /api/session` tells who is logged in, `DELETE` logs out. */
export function sessionRoutes(parts: { env: Env; login: Login; members: Members }): Router {
  const { env, login, members } = parts
  return Router()
    .get('/api/session', async (req, res) => {
      const user = (await findUser(req, members)) ?? null
      const { snapshot } = req.session
      res.set('cache-control', 'no-store').json(snapshot && !user ? { user, snapshot } : { user })
    })
    .delete('/api/session', (req, res) => logOut(req, res, { env, login }))
}

/** Ends the session and the callback addresses that led to it, and answers 204. */
export async function logOut(
  req: Request,
  res: Response,
  { env, login }: { env: Env; login: Login },
): Promise<void> {
  await login.forget(req.session.loginStates)
  await endSession(req)
  res.clearCookie(cookieName(env, 'sid'), cookieOptions(env)).status(204).end()
}
