import type { Request, RequestHandler } from 'express'
import { allowsProfile, type Members } from 'wechat-core/login'
import type { User } from './contract.ts'
import { Problem } from 'starter-server/problem'

// Whom requireUser has let pass.
const users = new WeakMap<Request, User>()

/** The user of this request's session; undefined for guests and for people who were forgotten since. */
export async function findUser(req: Request, members: Members): Promise<User | undefined> {
  const { user } = req.session
  const member = user && (await members.find(user.person))
  if (!user || member?.memberId !== user.memberId) return undefined
  const { openid, unionid, nickname, avatar } = member
  return { openid, scope: user.scope, unionid, ...(allowsProfile(user.scope) ? { nickname, avatar } : {}) }
}

/**
 * Lets only logged-in people pass; the route then gets them from {@link userOf}.
 *
 * @example router.get('/api/orders', requireUser({ members }), (req, res) => res.json(ordersOf(userOf(req).openid)))
 */
export function requireUser({ members }: { members: Members }): RequestHandler {
  return async (req, _res, next) => {
    const user = await findUser(req, members)
    if (!user) throw req.session.snapshot ? snapshotVisitor() : notLoggedIn()
    users.set(req, user)
    next()
  }
}

/** The user of a route behind {@link requireUser}. @throws {TypeError} the route is not behind it */
export function userOf(req: Request): User {
  const user = users.get(req)
  if (!user) throw new TypeError(`${req.method} ${req.path} needs requireUser before it`)
  return user
}

function notLoggedIn(): Problem {
  return new Problem({
    status: 401,
    code: 'login_required',
    title: 'Log in first',
    detail: 'This needs a login with WeChat.',
    hint: 'Send the browser to /api/wechat/oauth/authorize?returnTo=… and it comes back logged in.',
    retry: '/me',
  })
}

// 微信网页授权能力调整公告, 2022-05-09: openid, nickname and avatar of a snapshot are virtual.
function snapshotVisitor(): Problem {
  return new Problem({
    status: 401,
    code: 'snapshot_visitor',
    title: 'This page is shown as a snapshot',
    detail: "WeChat is showing a snapshot of this page; the visitor's ids are virtual.",
    hint: 'Tap 使用完整服务 ("use full service") in the bottom right corner, then log in.',
  })
}
