import { Router } from 'express'
import type { Env } from '../env.ts'
import type { Login } from './login.ts'
import { logOut } from './logOut.ts'
import type { People } from './members.ts'
import { findUser } from './user.ts'

/** `GET /api/session` tells who is logged in, `DELETE` logs out. */
export function sessionRoutes(parts: { env: Env; login: Login; people: People }): Router {
  const { env, login, people } = parts
  return Router()
    .get('/api/session', async (req, res) => {
      const user = (await findUser(req, people)) ?? null
      const { snapshot } = req.session
      res.set('cache-control', 'no-store').json(snapshot && !user ? { user, snapshot } : { user })
    })
    .delete('/api/session', (req, res) => logOut(req, res, { env, login }))
}
