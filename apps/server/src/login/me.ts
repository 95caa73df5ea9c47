import { Router } from 'express'
import type { Login, Members } from 'wechat-core/login'
import type { Env } from '../env.ts'
import { route } from 'starter-server/endpoint'
import { loginContract } from './contract.ts'
import { logOut } from './sessionRoutes.ts'
import { Problem } from 'starter-server/problem'
import { requireUser, userOf } from './user.ts'

/** What people can do with what is kept about them: read the profile again, or have everything deleted. */
export function meRoutes(parts: { env: Env; members: Members; login: Login }): Router {
  const { env, members, login } = parts
  return Router()
    .use('/api/me', requireUser({ members }))
    .use(
      route(loginContract, 'POST /api/me/profile', async ({ req }) => {
        const { openid, scope } = userOf(req)
        const member = await members.readProfileAgain(members.keyOf(openid))
        if (!member) throw consentOver()
        const { unionid, nickname, avatar } = member
        return { user: { openid, scope, unionid, nickname, avatar } }
      }),
      route(loginContract, 'DELETE /api/me', async ({ req, res }) => {
        await members.forget(members.keyOf(userOf(req).openid))
        await logOut(req, res, { env, login })
      }),
    )
}

function consentOver(): Problem {
  return new Problem({
    status: 409,
    code: 'consent_needed',
    title: 'The profile cannot be read again',
    detail: 'There is no consent to read it, or it is over after 30 days.',
    hint: 'Log in once more with scope=snsapi_userinfo.',
    retry: '/me',
  })
}
