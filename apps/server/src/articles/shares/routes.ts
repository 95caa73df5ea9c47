import { Router, type Request, type Response } from 'express'
import type { Env } from '../../env.ts'
import { cookieName, cookieOptions, readCookies } from 'starter-server/cookies'
import { route } from 'starter-server/endpoint'
import { requireAdmin } from '../../login/admins.ts'
import type { Members } from 'wechat-core/login'
import { findUser, requireUser, userOf } from '../../login/user.ts'
import type { Articles } from '../articles.ts'
import { articleNotFound } from '../articleNotFound.ts'
import { sharesContract } from './contract.ts'
import { createShareIds, type ShareIds } from './shareId.ts'
import { isChannel, type Visits } from './visits.ts'

const COOKIE = 'reader'
const KEPT = 180 * 86_400_000 // milliseconds

export interface ShareParts {
  env: Env
  members: Members
  articles: Articles
  visits: Visits
}

/** Counts visits, and tells people what came of their shares. */
export function shareRoutes({ env, members, articles, visits }: ShareParts): Router {
  const ids = createShareIds(env.sessionSecrets)
  return Router()
    .use(
      route(sharesContract, 'POST /api/visits', async ({ body, req }) => {
        const slug = slugOf(body.path)
        const mine = ids.read(ids.ofMark(markOf(req, env)))
        // Without a mark nobody can say whether they were here before: it is not counted. Nor are machines and snapshots.
        if (slug === undefined || mine === undefined || isMachine(req) || req.session.snapshot) return
        if (!(await articles.find(slug))) return
        const user = await findUser(req, members)
        await visits.count({
          slug,
          shareId: mine,
          person: user && members.keyOf(user.openid),
          via: ids.read(body.s),
          channel: isChannel(body.from) ? body.from : 'direct',
        })
      }),
    )
    .use('/api/me/shares', requireUser({ members }))
    .use(
      route(sharesContract, 'GET /api/me/shares', ({ req }) =>
        visits.ofPerson(members.keyOf(userOf(req).openid)),
      ),
    )
    .use('/api/admin/articles/:slug/shares', requireUser({ members }), requireAdmin(env))
    .use(
      route(sharesContract, 'GET /api/admin/articles/:slug/shares', async ({ params: { slug } }) => {
        if (!(await articles.find(slug))) throw articleNotFound()
        return visits.figures(slug)
      }),
    )
}

/** Gives a page the id of its reader's shares: the card has it without a request. A browser that has no mark gets one. */
export function shareIdOfPage(env: Env): (req: Request, res: Response) => { shareId: string | undefined } {
  const ids: ShareIds = createShareIds(env.sessionSecrets)
  return (req, res) => {
    if (isMachine(req)) return { shareId: undefined }
    const known = ids.ofMark(markOf(req, env))
    if (known !== undefined) return { shareId: known }
    const mark = ids.createMark()
    res.cookie(cookieName(env, COOKIE), mark, { ...cookieOptions(env), maxAge: KEPT })
    return { shareId: ids.ofMark(mark) }
  }
}

const markOf = (req: Request, env: Env): string | undefined =>
  readCookies(req.get('cookie')).find(({ name }) => name === cookieName(env, COOKIE))?.value

const isMachine = (req: Request): boolean =>
  /bot\b|spider|crawl|preview|headless|lighthouse|curl\/|wget/i.test(
    (req.get('user-agent') ?? '').slice(0, 512),
  )

const slugOf = (path: string): string | undefined =>
  /^\/articles\/([a-z0-9-]{1,190})\/?(?:[?#]|$)/.exec(path)?.[1]
