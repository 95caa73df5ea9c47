import type { Request, Response } from 'express'
import { cookieName, cookieOptions } from '../http/cookies.ts'
import type { Env } from '../env.ts'
import type { Login } from './login.ts'
import { endSession } from './session.ts'

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
