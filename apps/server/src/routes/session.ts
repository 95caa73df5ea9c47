import { Router } from 'express'
import type { Store } from 'wechat-core'
import { limitRequests } from '../limits.ts'
import type { Login } from '../login.ts'
import { logOut } from '../logOut.ts'
import type { People } from '../people.ts'
import { findUser } from '../user.ts'

/** `GET /api/session` tells who is logged in, `DELETE` logs out. */
export function sessionRoutes({
  login,
  people,
  store,
}: {
  login: Login
  people: People
  store: Store
}): Router {
  return Router()
    .get('/api/session', async (req, res) => {
      const user = (await findUser(req, people)) ?? null
      const { snapshot } = req.session
      res.set('cache-control', 'no-store').json(snapshot && !user ? { user, snapshot } : { user })
    })
    .delete('/api/session', limitRequests({ store, name: 'logout' }), (req, res) => logOut(req, res, login))
}
