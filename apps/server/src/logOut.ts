import type { Request, Response } from 'express'
import type { Login } from './login.ts'
import { endSession } from './session.ts'

/** Ends the session and the callback addresses that led to it, and answers 204. */
export async function logOut(req: Request, res: Response, login: Login): Promise<void> {
  await login.forget(req.session.loginStates)
  await endSession(req)
  res.clearCookie('sid').status(204).end()
}
