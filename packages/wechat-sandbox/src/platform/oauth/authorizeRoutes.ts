import { randomBytes } from 'node:crypto'
import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { noteOutcome } from '../api/answers.ts'
import type { Platform } from '../platform.ts'
import { readAuthorize, redirectWithCode, type AuthorizeRefusal, type AuthorizeRequest } from './authorize.ts'
import { consentPage, declinedPage, languageOf, refusalPage } from './authorizePages.ts'
import { decideAuthorize } from './decide.ts'
import { PERSON_COOKIE, visitorOf } from './visitor.ts'

const CONSENTS_KEPT = 1000

/** `open.weixin.qq.com`: the page on which people log in. */
export function authorizeRoutes(platform: Platform): Router {
  const { account, people, logins } = platform
  const router = express.Router()
  const open = new Map<string, AuthorizeRequest>()

  router.get('/connect/oauth2/authorize', (req, res) => {
    if (!isWechat(req.get('user-agent') ?? ''))
      return refuse(req, res, { code: undefined, text: OPEN_IN_WECHAT })
    const request = readAuthorize(rawQueryOf(req.originalUrl), account, platform.switches.get('emptyState'))
    if ('text' in request) return refuse(req, res, request)
    const visitor = visitorOf(req, people)
    const decision = decideAuthorize(request, visitor, platform)
    if (typeof decision === 'object') return refuse(req, res, decision)
    const goOn = (snapshot = false) =>
      redirect(res, redirectWithCode(request, logins.issueCode(visitor.person, request.scope, { snapshot })))
    if (decision === 'allowed') platform.consents.agree(visitor.person)
    if (decision === 'silent' || decision === 'allowed') return goOn()
    if (decision === 'snapshot') return goOn(true)
    if (decision === 'declined') return decline(req, res)

    const consent = randomBytes(16).toString('hex')
    open.set(consent, request)
    if (open.size > CONSENTS_KEPT) open.delete(open.keys().next().value ?? '')
    const action = `${req.baseUrl}/connect/oauth2/consent`
    noteOutcome(res, { errmsg: 'asks for consent' })
    res
      .set('cache-control', 'no-store')
      .send(consentPage({ account, people, chosen: visitor.person, action, consent }, languageOf(req)))
  })

  router.post('/connect/oauth2/consent', express.urlencoded({ extended: false }), (req, res) => {
    const answer = answerSchema.safeParse(req.body)
    const request = answer.success ? open.get(answer.data.consent) : undefined
    if (!answer.success || !request) return refuse(req, res, { code: undefined, text: CONSENT_IS_OVER })
    open.delete(answer.data.consent)
    if (answer.data.answer !== 'allow') return decline(req, res)
    const person = people.find(({ id }) => id === answer.data.person) ?? people[0]
    platform.consents.agree(person)
    res.cookie(PERSON_COOKIE, person.id, { path: req.baseUrl || '/', sameSite: 'lax' })
    redirect(res, redirectWithCode(request, logins.issueCode(person, request.scope)))
  })
  return router
}

// WeCom (wxwork) names MicroMessenger as well; it logs people in for an enterprise, not for an Official Account.
const isWechat = (userAgent: string): boolean =>
  /micromessenger/i.test(userAgent) && !/wxwork/i.test(userAgent)

const answerSchema = z.object({ consent: z.string(), answer: z.string(), person: z.string() })

const OPEN_IN_WECHAT = { en: 'Open this link in WeChat.', zh: '请在微信客户端打开链接。' }
const CONSENT_IS_OVER = {
  en: 'This consent is over. Start the login again.',
  zh: '这次授权已经结束，请重新登录。',
}

function refuse(req: Request, res: Response, refusal: AuthorizeRefusal): void {
  noteOutcome(res, {
    errmsg: refusal.text.en,
    ...(refusal.code === undefined ? {} : { errcode: refusal.code }),
  })
  res.set('cache-control', 'no-store').send(refusalPage(refusal, languageOf(req)))
}

// Who declines is not redirected (reports of developers).
function decline(req: Request, res: Response): void {
  noteOutcome(res, { errmsg: 'declined' })
  res.set('cache-control', 'no-store').send(declinedPage(languageOf(req)))
}

function redirect(res: Response, address: string): void {
  noteOutcome(res, { errcode: 0, errmsg: 'redirects with a code' })
  res.set('cache-control', 'no-store').redirect(302, address)
}

// All after the first "?": an address in it may have one of its own.
function rawQueryOf(address: string): string {
  const start = address.indexOf('?')
  return start < 0 ? '' : address.slice(start + 1)
}
