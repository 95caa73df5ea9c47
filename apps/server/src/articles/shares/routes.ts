import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Env } from '../../env.ts'
import { cookieName, readCookies, setPlainCookie } from 'starter-server/cookies'
import { route } from 'starter-server/endpoint'
import { beaconBodies } from 'starter-server/jsonBodies'
import { limitGrowth } from 'starter-server/limits'
import { sameOrigin } from 'starter-server/sameOrigin'
import { requireAdmin } from '../../login/admins.ts'
import type { Store } from 'wechat-core'
import type { Members } from 'wechat-core/login'
import { findUser, requireUser, userOf } from '../../login/user.ts'
import type { Articles } from '../articles.ts'
import { articleNotFound } from '../articleNotFound.ts'
import { sendCsv } from '../csv.ts'
import { sharesContract } from './contract.ts'
import { createShareIds, type ShareIds } from './shareId.ts'
import { figuresToCsv } from './figureList.ts'
import { isChannel, type ShareFigures, type Visits } from './visits.ts'

// Crawlers and previews as they name themselves; and a browser that fetches a page before anybody asks for it.
const MACHINE = /bot\b|spider|crawl|slurp|preview|facebookexternalhit|whatsapp|lighthouse/i
const PREFETCH = /prefetch|prerender|preview/i
const COOKIE = 'reader'
const KEPT = 180 * 86_400 // seconds
// A row stays for each reader. Whole mobile networks stand behind one address, and more than this no article brings them.
const MOST_NEW_READERS = 10_000
const HOUR = 3_600_000

export interface ShareParts {
  env: Env
  members: Members
  articles: Articles
  visits: Visits
  store: Store
}

/**
 * Counts visits. Stands above `changes`, with its limit: every page that is opened sends one, and a group behind one
 * address of a mobile network opens thousands a minute. How many pages an address may open limits it.
 *
 * @param withSession reads the session of a request
 */
export function visitBeacon(
  { env, members, articles, visits, store }: ShareParts,
  withSession: RequestHandler,
): Router {
  const ids = createShareIds(env.sessionSecrets)
  const newMark = createMarks(env, ids)
  const mayBeNew = limitGrowth({ store, name: 'readers', most: MOST_NEW_READERS, within: HOUR })
  return Router()
    .post('/api/visits', sameOrigin(env), beaconBodies(), withSession)
    .use(
      route(sharesContract, 'POST /api/visits', async ({ body, req, res }) => {
        const slug = slugOf(body.path)
        if (slug === undefined || isMachine(req) || req.session.snapshot) return
        const via = ids.read(body.s)
        if (body.s && via === undefined) return // made up
        if (!(await articles.find(slug))) return
        const user = await findUser(req, members)
        // Without a mark or a login nobody can say whether they were here before: it is not counted.
        const known = markOf(req, env)
        const mine = ids.read(known === undefined ? user && newMark(res) : ids.ofMark(known))
        if (mine === undefined) return
        const person = user && members.keyOf(user.openid)
        await visits.count({
          slug,
          shareId: mine,
          person,
          via,
          channel: isChannel(body.from) ? body.from : 'direct',
          mayBeNew: () => mayBeNew(req),
        })
        // Whoever was forgotten while this was under way stays so.
        if (person !== undefined && !(await findUser(req, members))) await visits.forget(person)
      }),
    )
}

/** Tells people what came of their shares, and owners what came of an article. */
export function shareRoutes({ env, members, articles, visits }: Omit<ShareParts, 'store'>): Router {
  async function figuresOf(slug: string): Promise<ShareFigures> {
    if (!(await articles.find(slug))) throw articleNotFound()
    return visits.figures(slug)
  }
  return Router()
    .use('/api/me/shares', requireUser({ members }))
    .use(
      route(sharesContract, 'GET /api/me/shares', ({ req }) =>
        visits.ofPerson(members.keyOf(userOf(req).openid)),
      ),
    )
    .use(
      ['/api/admin/articles/:slug/shares', '/api/admin/articles/:slug/shares.csv'],
      requireUser({ members }),
      requireAdmin(env),
    )
    .use(
      route(sharesContract, 'GET /api/admin/articles/:slug/shares', ({ params }) => figuresOf(params.slug)),
      route(sharesContract, 'GET /api/admin/articles/:slug/shares.csv', async ({ params: { slug }, res }) =>
        sendCsv(res, `${slug}-shares.csv`, figuresToCsv(slug, await figuresOf(slug))),
      ),
    )
}

/** Gives a page the id of its reader's shares: the card has it without a request. A browser that has no mark gets one. */
export function shareIdOfPage(env: Env): (req: Request, res: Response) => { shareId: string | undefined } {
  const ids = createShareIds(env.sessionSecrets)
  const newMark = createMarks(env, ids)
  return (req, res) => {
    if (isMachine(req)) return { shareId: undefined }
    return { shareId: ids.ofMark(markOf(req, env)) ?? newMark(res) }
  }
}

/** Marks a browser, and gives the id of its shares. */
const createMarks =
  (env: Env, ids: ShareIds) =>
  (res: Response): string => {
    const { mark, id } = ids.createMark()
    setPlainCookie(res, env, { name: COOKIE, value: mark, maxAge: KEPT })
    return id
  }

const markOf = (req: Request, env: Env): string | undefined =>
  readCookies(req.get('cookie')).find(({ name }) => name === cookieName(env, COOKIE))?.value

const isMachine = (req: Request): boolean =>
  PREFETCH.test(req.get('sec-purpose') ?? req.get('purpose') ?? '') ||
  MACHINE.test((req.get('user-agent') ?? '').slice(0, 512))

const slugOf = (path: string): string | undefined =>
  /^\/articles\/([a-z0-9-]{1,190})\/?(?:[?#]|$)/.exec(path)?.[1]
