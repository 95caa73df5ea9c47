import { randomBytes } from 'node:crypto'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express'
import { z } from 'zod'
import { avatarSvg, type Person } from './account.ts'
import { Errcode, sendErrcode, sendJson } from './answers.ts'
import {
  consentPage,
  declinedPage,
  readAuthorize,
  redirectWithCode,
  refusalPage,
  type AuthorizeRequest,
} from './authorize.ts'
import type { Platform } from './platform.ts'
import { sdkScript } from './sdkScript.ts'

/** The cookie in which a phone tells the platform who holds it. */
export const PERSON_COOKIE = 'wechat_person'

const CONSENTS_KEPT = 1000

/** The platform's hosts in one router: `api.weixin.qq.com`, `open.weixin.qq.com` and `res.wx.qq.com`. */
export function platformRoutes(platform: Platform): Router {
  const router = express.Router()
  router.use(countRequests(platform), platform.faults.handler(platform.now))
  router.use(apiRoutes(platform), openRoutes(platform))

  router.get(['/open/js/jweixin-1.6.0.js', '/open/js/jweixin-1.6.0.min.js'], (_req, res) => {
    res.type('text/javascript').set('cache-control', 'public, max-age=3600').send(sdkScript())
  })
  // Where Tencent's script reports each wx.config; a picture, never read.
  router.get('/sdk/report', (_req, res) => void res.status(204).end())
  router.get('/avatars/:name.svg', (req, res, next) => {
    const svg = avatarSvg(req.params['name'] ?? '')
    if (!svg) return next()
    res.type('image/svg+xml').send(svg)
  })
  return router
}

function apiRoutes(platform: Platform): Router {
  const { account, tokens, logins } = platform
  const router = express.Router()
  const stableBody = z.object({
    grant_type: z.string().optional(),
    appid: z.string().optional(),
    secret: z.string().optional(),
    force_refresh: z.boolean().optional(),
  })

  const checkAccount = (appid: unknown, secret: unknown) => {
    if (!appid) throw new Errcode(41002)
    if (appid !== account.appId) throw new Errcode(40013)
    if (!secret) throw new Errcode(41004)
    if (secret !== account.appSecret) throw new Errcode(40125)
  }

  router.get('/cgi-bin/token', (req, res) => {
    checkAccount(req.query['appid'], req.query['secret'])
    if (req.query['grant_type'] !== 'client_credential') throw new Errcode(40002)
    sendJson(res, req.path, tokens.issueClassic())
  })
  router.all('/cgi-bin/stable_token', express.text({ type: () => true }), (req, res) => {
    if (req.method !== 'POST') throw new Errcode(43002)
    const body = stableBody.safeParse(parseJson(req.body))
    if (!body.success) throw new Errcode(47001)
    checkAccount(body.data.appid, body.data.secret)
    if (body.data.grant_type !== 'client_credential') throw new Errcode(40002)
    sendJson(res, req.path, tokens.issueStable(body.data.force_refresh ?? false))
  })
  router.get('/cgi-bin/ticket/getticket', (req, res) => {
    tokens.check(req.query['access_token'])
    const type = req.query['type']
    if (type !== 'jsapi' && type !== 'wx_card') throw new Errcode(40097)
    sendJson(res, req.path, { errcode: 0, errmsg: 'ok', ...tokens.issueTicket(type) })
  })
  router.get('/sns/oauth2/access_token', (req, res) => {
    checkAccount(req.query['appid'], req.query['secret'])
    if (req.query['grant_type'] !== 'authorization_code') throw new Errcode(40002)
    sendJson(res, req.path, logins.exchange(req.query['code']))
  })
  router.get('/sns/userinfo', (req, res) => {
    sendJson(res, req.path, logins.profile(req.query['access_token'], req.query['openid']))
  })
  router.all(['/cgi-bin/{*rest}', '/sns/{*rest}'], () => {
    throw new Errcode(40066)
  })

  const onError: ErrorRequestHandler = (error, req, res, next) => {
    if (error instanceof Errcode) sendErrcode(res, req.path, error.errcode, platform.now())
    else next(error)
  }
  router.use(onError)
  return router
}

function openRoutes(platform: Platform): Router {
  const { account, people, logins } = platform
  const router = express.Router()
  const consents = new Map<string, AuthorizeRequest>()

  router.get('/connect/oauth2/authorize', (req, res) => {
    if (!/micromessenger/i.test(req.get('user-agent') ?? '')) {
      return void res.send(
        refusalPage({ code: undefined, text: '请在微信客户端打开链接 · Open this link in WeChat.' }),
      )
    }
    const request = readAuthorize(req.originalUrl.split('?', 2)[1] ?? '', account)
    if ('text' in request) return void res.send(refusalPage(request))
    const holder = personOf(req, people)
    if (request.scope === 'snsapi_base')
      return redirect(res, redirectWithCode(request, logins.issueCode(holder, request.scope)))
    const consent = randomBytes(16).toString('hex')
    consents.set(consent, request)
    if (consents.size > CONSENTS_KEPT) consents.delete(consents.keys().next().value ?? '')
    const action = `${req.baseUrl}/connect/oauth2/consent`
    res
      .set('cache-control', 'no-store')
      .send(consentPage({ account, people, chosen: holder, action, consent }))
  })

  router.post('/connect/oauth2/consent', express.urlencoded({ extended: false }), (req, res) => {
    const answer = z
      .object({ consent: z.string(), answer: z.string(), person: z.string() })
      .safeParse(req.body)
    const request = answer.success ? consents.get(answer.data.consent) : undefined
    if (!answer.success || !request) {
      return void res.send(
        refusalPage({ code: undefined, text: 'This consent is over. Start the login again.' }),
      )
    }
    consents.delete(answer.data.consent)
    if (answer.data.answer !== 'allow') return void res.send(declinedPage())
    const person = people.find(({ id }) => id === answer.data.person) ?? people[0]
    res.cookie(PERSON_COOKIE, person.id, { path: req.baseUrl || '/', sameSite: 'lax' })
    redirect(res, redirectWithCode(request, logins.issueCode(person, request.scope)))
  })
  return router
}

function personOf(req: Request, people: [Person, ...Person[]]): Person {
  const match = new RegExp(`(?:^|;\\s*)${PERSON_COOKIE}=([\\w-]+)`).exec(req.get('cookie') ?? '')
  return people.find(({ id }) => id === match?.[1]) ?? people[0]
}

function redirect(res: Response, address: string): void {
  res.set('cache-control', 'no-store').redirect(302, address)
}

function countRequests(platform: Platform): RequestHandler {
  return (req, _res, next) => {
    platform.requests.set(req.path, (platform.requests.get(req.path) ?? 0) + 1)
    next()
  }
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
