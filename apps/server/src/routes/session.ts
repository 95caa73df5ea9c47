import { Router } from 'express'
import type { Login } from '../login.ts'
import { endSession } from '../session.ts'

/** `GET /api/session` tells who is logged in, `DELETE` logs out. */
export function sessionRoutes({ login }: { login: Login }): Router {
  return Router()
    .get('/api/session', (req, res) => {
      const { user = null, snapshot } = req.session
      res.set('cache-control', 'no-store').json(snapshot && !user ? { user, snapshot } : { user })
    })
    .delete('/api/session', async (req, res) => {
      if (req.session.loginState) await login.forget(req.session.loginState)
      await endSession(req)
      res.clearCookie('sid').status(204).end()
    })
}
