import { constants } from 'node:zlib'
import compression from 'compression'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Store, Wechat, WechatPush } from 'wechat-core'
import type { Articles } from './articles.ts'
import { changes } from './changes.ts'
import type { Env } from './env.ts'
import { requestLog } from './log.ts'
import { limitPages } from './limits.ts'
import type { Login } from './login.ts'
import type { Page } from './page.ts'
import type { People } from './people.ts'
import { answerErrors, notFound } from './problem.ts'
import { articleRoutes } from './routes/articles.ts'
import { contentProblemsRoute } from './routes/contentProblems.ts'
import { healthRoutes } from './routes/health.ts'
import { meRoutes } from './routes/me.ts'
import { metricsRoute } from './routes/metrics.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { ownershipFileRoute } from './routes/ownershipFile.ts'
import { pushRoute } from './routes/push.ts'
import { sessionRoutes } from './routes/session.ts'
import { signatureRoute } from './routes/signature.ts'
import { siteRoutes } from './routes/site.ts'
import { securityHeaders } from './securityHeaders.ts'
import { sessions } from './session.ts'

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
