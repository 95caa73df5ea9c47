import { constants } from 'node:zlib'
import compression from 'compression'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Store, Wechat, WechatPush } from 'wechat-core'
import type { Articles } from './articles/articles.ts'
import { changes } from './http/changes.ts'
import type { Env } from './env.ts'
import { requestLog } from './http/log.ts'
import { limitPages } from './http/limits.ts'
import type { Login } from './login/login.ts'
import type { Page } from './pages/page.ts'
import type { People } from './login/members.ts'
import { answerErrors, notFound } from './http/problem.ts'
import { articleRoutes } from './articles/routes.ts'
import { contentProblemsRoute } from './articles/contentProblems.ts'
import { healthRoutes } from './http/health.ts'
import { meRoutes } from './login/me.ts'
import { metricsRoute } from './http/metrics.ts'
import { oauthRoutes } from './login/oauth.ts'
import { ownershipFileRoute } from './pages/ownershipFile.ts'
import { pushRoute } from './wechat/push.ts'
import { sessionRoutes } from './login/sessionRoutes.ts'
import { signatureRoute } from './wechat/signature.ts'
import { siteRoutes } from './pages/site.ts'
import { securityHeaders } from './http/securityHeaders.ts'
import { sessions } from './login/session.ts'

export interface AppParts {
  env: Env
  wechat: Wechat
  store: Store
  articles: Articles
  page: Page
  people: People
  login: Login
  /** Undefined without a Token: WeChat is not listened to. */
  push: WechatPush | undefined
  log: Logger
  registry: Registry
  /** The folder of the built web app; undefined in development, where Vite serves its files. */
  webRoot?: string | undefined
  /** Milliseconds since 1970. */
  now: () => number
}

/** The whole server, in the order in which a request passes it. */
export function createApp(parts: AppParts): Express {
  const { env, wechat, store, articles, page, people, login, push, log, registry, webRoot, now } = parts
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', env.trustProxy)

  app.use(requestLog(log))
  app.use(helmet(securityHeaders(env)))
  // The default is 4. From 5 on a page is a fifth smaller, and takes no more than some hundredths of a millisecond more.
  app.use(compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } }))

  // Without a session: nobody who asks for these is known, and no cookie is read or set.
  app.use(healthRoutes({ store, wechat }))
  app.use(metricsRoute({ env, registry }))
  app.use(ownershipFileRoute({ env }))
  app.use(pushRoute({ env, push, store, now }))
  app.use(signatureRoute({ env, wechat, store }))
  app.use('/api', limitPages())
  app.use(articleRoutes({ articles }))
  if (!env.production) app.use(contentProblemsRoute({ env, articles }))

  app.use('/api', changes({ env, store }), sessions(env, store))
  app.use(oauthRoutes({ env, login, store, appId: wechat.appId }))
  app.use(sessionRoutes({ env, login, people }))
  app.use(meRoutes({ env, people, login }))

  app.use(siteRoutes({ env, page, webRoot }))
  app.use(notFound)
  app.use(answerErrors)
  return app
}
