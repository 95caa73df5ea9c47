import { randomBytes } from 'node:crypto'
import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { noteOutcome } from '../api/answers.ts'
import type { Platform } from '../platform.ts'
import { qrPicture } from '../qrcodes/qrPicture.ts'
import { redirectWithCode, type AuthorizeRefusal } from './authorize.ts'
import { declinedPage, languageOf, refusalPage } from './authorizePages.ts'
import { qrConnectPage } from './qrConnectPage.ts'
import { readQrConnect, type QrConnectRequest } from './qrConnect.ts'
import { visitorOf } from './visitor.ts'

export const QR_CONNECT = ['/connect/qrconnect', '/connect/qrconnect/confirm']

const OPEN_KEPT = 1000
const answerSchema = z.object({ login: z.string(), answer: z.string(), person: z.string() })
const LOGIN_IS_OVER = { en: 'This login is over. Start it again.', zh: '这次登录已经结束，请重新登录。' }

/** `open.weixin.qq.com`: a website shows a QR code, somebody scans it and is logged in there. */
export function qrConnectRoutes(platform: Platform): Router {
  const { account, people, logins } = platform
  const [page, confirm] = QR_CONNECT as [string, string]
  const router = express.Router()
  const open = new Map<string, QrConnectRequest>()

  router.get(page, (req, res) => {
    const query = new URLSearchParams(req.originalUrl.split('?').slice(1).join('?'))
    const request = readQrConnect(query, account)
    if ('text' in request) return refuse(req, res, request)
    const login = randomBytes(16).toString('hex')
    open.set(login, request)
    if (open.size > OPEN_KEPT) open.delete(open.keys().next().value ?? '')
    noteOutcome(res, { errmsg: 'shows a code to be scanned' })
    const { person: chosen } = visitorOf(req, people)
    const picture = qrPicture(`https://open.weixin.qq.com/connect/confirm?uuid=${login}`)
    res
      .set('cache-control', 'no-store')
      .send(
        qrConnectPage(
          { account, people, chosen, picture, login, action: `${req.baseUrl}${confirm}` },
          languageOf(req),
        ),
      )
  })

  router.post(confirm, express.urlencoded({ extended: false }), (req, res) => {
    const answer = answerSchema.safeParse(req.body)
    const request = answer.success ? open.get(answer.data.login) : undefined
    if (!answer.success || !request) return refuse(req, res, { code: undefined, text: LOGIN_IS_OVER })
    open.delete(answer.data.login)
    if (answer.data.answer !== 'allow') {
      noteOutcome(res, { errmsg: 'declined' })
      return void res.set('cache-control', 'no-store').send(declinedPage(languageOf(req)))
    }
    const person = people.find(({ id }) => id === answer.data.person) ?? people[0]
    noteOutcome(res, { errcode: 0, errmsg: 'redirects with a code' })
    const code = logins.issueCode(person, 'snsapi_login')
    res.set('cache-control', 'no-store').redirect(302, redirectWithCode(request, code))
  })
  return router
}

function refuse(req: Request, res: Response, refusal: AuthorizeRefusal): void {
  noteOutcome(res, { errmsg: refusal.text.en })
  res.set('cache-control', 'no-store').send(refusalPage(refusal, languageOf(req)))
}
