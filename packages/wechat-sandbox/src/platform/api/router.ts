import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import { sendErrcode, sendJson } from './answers.ts'
import { Errcode } from './errcode.ts'
import type { Platform } from '../platform.ts'
import { checkAppId } from '../credentials/accountSecret.ts'
import type { Endpoint } from './endpoint.ts'
import { ROOTS } from './roots.ts'

// What the quota of is not asked: to look at it and to reset it.
const UNCOUNTED = /^\/cgi-bin\/(clear_quota|openapi\/)/

/**
 * Serves APIs as `api.weixin.qq.com` does. The order of the checks is the sandbox's own, but for one: an API that
 * needs POST says so before anything else.
 */
export function apiRouter(platform: Platform, endpoints: Endpoint[]): Router {
  const router = express.Router()
  const readBody = express.text({ type: isText, limit: '1mb' })
  for (const endpoint of endpoints) {
    router.all(endpoint.path, readBody, async (req, res) => {
      check(platform, endpoint, req)
      const text = typeof req.body === 'string' ? req.body : ''
      const answer = await endpoint.answer({ query: req.query, req, res }, text)
      if (answer !== undefined) sendJson(res, endpoint.path, answer)
    })
  }
  router.all(
    ROOTS.map((root) => `/${root}/{*rest}`),
    () => {
      throw new Errcode(40066)
    },
  )

  const onError: ErrorRequestHandler = (error: unknown, req: Request, res: Response, next) => {
    if (error instanceof Errcode)
      sendErrcode(res, req.path, error.errcode, platform.now(), error.message, error.fields)
    // A body that is too large, cut off or in an unknown encoding.
    else if (!res.headersSent && isRequestError(error)) sendErrcode(res, req.path, 47001, platform.now())
    else next(error)
  }
  return router.use(onError)
}

function check(platform: Platform, { path, method, auth }: Endpoint, req: Request): void {
  const { switches, tokens, logins, quotas } = platform
  if (method === 'POST' && req.method !== 'POST') throw new Errcode(43002)
  if (method === 'GET' && req.method !== 'GET') throw new Errcode(43001)
  if (switches.get('busy')) throw new Errcode(-1)
  const isToken = path === '/cgi-bin/token' || path === '/cgi-bin/stable_token'
  // Every call with the secret or an access_token (API IP 白名单); of sns that is the exchange of a code.
  const isPersonal = path.startsWith('/sns/') && path !== '/sns/oauth2/access_token'
  const isGuarded = isToken || (switches.get('ipCheckedAt') === 'every API' && !isPersonal)
  if (auth === 'own' && (isToken || path === '/sns/oauth2/access_token')) refuseForeignAppId(platform, req)
  if (switches.get('ipRefused') && isGuarded) throw new Errcode(40164)
  if (auth === 'token') {
    const token = req.query['access_token']
    if (logins.hasIssued(token)) throw new Errcode(48001) // the wrong kind of token (服务端 API 问题定位与解决)
    tokens.check(token)
  }
  if (!UNCOUNTED.test(path)) quotas.use(path)
}

// WeChat looks at the AppID before anything else that a call proves itself with.
function refuseForeignAppId({ account }: Platform, req: Request): void {
  const appid = req.query['appid'] ?? /"appid"\s*:\s*"([^"]*)"/.exec(String(req.body))?.[1]
  if (appid) checkAppId(account.appId, appid)
}

const isText = (req: { headers: Record<string, unknown> }): boolean =>
  !String(req.headers['content-type']).startsWith('multipart/')

const isRequestError = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && Number(error.status) < 500
