import { Router } from 'express'
import type { Env } from '../env.ts'
import type { Login } from './login.ts'
import { route } from '../http/endpoint.ts'
import { loginContract } from './contract.ts'
import { logOut } from './sessionRoutes.ts'
import type { Members } from './members.ts'
import { Problem } from '../http/problem.ts'
import { requireUser, userOf } from './user.ts'

/** What people can do with what is kept about them: read the profile anew, or have everything deleted. */
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
    title: 'The profile can not be read again',
    detail: 'There is no consent to read it, or it is over after 30 days.',
    hint: 'Log in once more with scope=snsapi_userinfo.',
    retry: '/me',
  })
}
