import { Router, type Request, type Response } from 'express'
import type { Login, Members } from 'wechat-core/login'
import type { Env } from '../env.ts'
import { cookieName, cookieOptions } from 'starter-server/cookies'
import { route } from 'starter-server/endpoint'
import { loginContract } from './contract.ts'
import { endSession } from './session.ts'
import { findUser } from './user.ts'

/** `GET /api/session` tells who is logged in, `DELETE` logs out. */
export function sessionRoutes(parts: { env: Env; login: Login; members: Members }): Router {
  const { env, login, members } = parts
  return Router().use(
    route(loginContract, 'GET /api/session', async ({ req }) => {
      const user = (await findUser(req, members)) ?? null
      return req.session.snapshot && !user ? { user, snapshot: true } : { user }
    }),
    route(loginContract, 'DELETE /api/session', ({ req, res }) => logOut(req, res, { env, login })),
  )
}

/** Ends the session and the callback addresses that led to it. */
export async function logOut(
  req: Request,
  res: Response,
  { env, login }: { env: Env; login: Login },
): Promise<void> {
  await login.forget(req.session.loginStates)
  await endSession(req)
  res.clearCookie(cookieName(env, 'sid'), cookieOptions(env))
}
