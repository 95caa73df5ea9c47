import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import express, { Router } from 'express'
import type { Logger } from 'pino'
import type { Store, Wechat } from 'wechat-core'
import { createLogin, createMembers } from 'wechat-core/login'
import type { Articles } from './articles/articles.ts' // demo
import { contentProblemsRoute } from './articles/contentProblems.ts' // demo
import { openArticleData } from './articles/data.ts' // demo
import { pictureRoutes, pictureUpload } from './articles/pictures/routes.ts' // demo
import { sweepHourly } from './articles/pictures/sweepHourly.ts' // demo
import { shareIdOfPage, shareRoutes, visitBeacon } from './articles/shares/routes.ts' // demo
import { createConfirmations } from './articles/signup/confirmation.ts' // demo
import { signupRoutes } from './articles/signup/routes.ts' // demo
import type { Database } from 'starter-server/database/database'
import type { Env } from './env.ts'
import { changes } from 'starter-server/changes'
import { packAnswers } from 'starter-server/coding'
import { HEALTH_PATHS, healthRoutes } from 'starter-server/health'
import { limitPages } from 'starter-server/limits'
import { requestLog } from 'starter-server/log'
import { createMetrics, metricsRoute } from 'starter-server/metrics'
import { plainAddresses } from 'starter-server/plainAddress'
import { answerErrorsAs, notFound } from 'starter-server/problem'
import { securityHeaders } from 'starter-server/securityHeaders'
import { trustProxy } from 'starter-server/trustProxy'
import { underApi } from 'starter-server/underApi'
import { meRoutes } from './login/me.ts'
import { oauthRoutes } from './login/oauth.ts'
import { createSessionId, sessions } from './login/session.ts'
import { sessionRoutes } from './login/sessionRoutes.ts'
import * as pageList from './pageList.ts'
import { ownershipFileRoute } from './pages/ownershipFile.ts'
import { createPageRenderer } from './pages/page.ts'
import { openPages } from './pages/pages.ts'
import { createProblemPage } from './pages/problemPage.ts'
import { siteRoutes } from './pages/site.ts'
import { sitemapRoutes } from './pages/sitemap.ts'
import { openAccount } from './wechat/account.ts'
import { openPush, pushRoute } from './wechat/push.ts'
import { pushHandlers } from './wechat/pushHandlers.ts'
import { reportsOfPage, shareReport } from './wechat/shareReport.ts'
import { signatureRoute } from './wechat/signature.ts'

const CONTENT = join(import.meta.dirname, '../../../content')

export interface AppOptions {
  /** With appId and appSecret. */
  env: Env
  store: Store
  db: Database
  articles: Articles // demo
  log: Logger
  /** The folder of what is written rather than programmed. Default: that of this project. */
  content?: string | undefined
  /** Gives `index.html` as the web build made it. */
  template: () => Promise<string>
  /** The folder of the built web app; undefined in development, where Vite serves its files. */
  webRoot?: string | undefined
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: (() => number) | undefined
  /** Time limit of one request to WeChat, in milliseconds. */
  timeoutMs?: number
  /** Aborted when the process is about to end. */
  ending?: AbortSignal
}

/** Everything behind the port. */
export interface App {
  listener: RequestListener
  wechat: Wechat
  /** Resolves when no work is left that nobody waits for: handlers of pushes that took longer than WeChat waits. */
  settled(): Promise<void>
}

/** The whole server: its parts, and then the order in which a request passes them. */
export function createApp(options: AppOptions): App {
  const { env, store, log, content = CONTENT, template, webRoot, timeoutMs, now = Date.now } = options
  const { onEvent, onVerdict, registry } = createMetrics(log)
  const wechat = openAccount(env, { store, now, onEvent, ...(timeoutMs ? { timeoutMs } : {}) })
  const data = openArticleData({ ...options, now }) // demo
  sweepHourly({ pictures: data.pictures, log, ending: options.ending }) // demo
  // What else is kept about people: it is deleted with them.
  const forgets: ((person: string) => Promise<void>)[] = [
    data.forget, // demo
  ]
  const alsoForget = async (person: string) => {
    for (const forget of forgets) await forget(person)
  }
  const members = createMembers({ wechat, store, now, alsoForget })
  const parts = { ...options, ...data, wechat, members, now } // demo
  const confirmations = createConfirmations(parts) // demo
  const login = createLogin({ wechat, store, members, createSessionId, now })
  const pages = openPages(pageList, { ...options, content, wechat, members })
  const render = createPageRenderer({ env, wechat, pages, log, template })
  const handlers = pushHandlers({
    ...options,
    ...data, // demo
    members,
    confirmations, // demo
  })
  const push = openPush({ env, wechat, store, handlers, onEvent, now })

  const app = express()
  app.disable('x-powered-by')
  trustProxy(app, env.trustProxy)

  app.use(requestLog(log))
  app.use(securityHeaders(env))
  // Every page of every visitor may ask for it: it stands before what it does not need (docs/decisions/0006).
  app.use(underApi(signatureRoute({ env, wechat, store })))
  app.use(packAnswers())

  // Without a session: nobody who asks for these is known, and no cookie is read or set.
  app.get(HEALTH_PATHS, healthRoutes({ store, wechat, ending: options.ending }))
  app.use(metricsRoute({ env, registry }))

  const api = Router()
  app.use(underApi(api))
  api.use(pushRoute({ env, push, store, now }))
  api.use('/api', limitPages())
  api.use(pages.routes())
  if (!env.production) api.use(contentProblemsRoute(options)) // demo
  api.use(shareReport({ env, onVerdict }))

  const withSession = sessions(env, store)
  api.use(visitBeacon(parts, withSession)) // demo
  api.use(pictureUpload(parts, withSession)) // demo
  api.use('/api', changes({ env, store }), withSession)
  api.use(oauthRoutes({ env, login, store, appId: wechat.appId }))
  api.use(sessionRoutes({ env, login, members }))
  api.use(shareRoutes(parts)) // demo
  api.use(signupRoutes({ ...parts, confirmations })) // demo
  api.use(pictureRoutes(parts)) // demo
  api.use(meRoutes({ env, members, login }))

  app.use(
    siteRoutes({
      env,
      render,
      webRoot,
      visit: [
        reportsOfPage(env),
        shareIdOfPage(env), // demo
      ],
    }),
  )
  app.use(ownershipFileRoute({ env }))
  app.use(sitemapRoutes({ env, pages }))
  app.use(notFound)
  app.use(answerErrorsAs(createProblemPage({ template })))

  return {
    listener: plainAddresses(env, app),
    wechat,
    async settled() {
      await push?.settled()
      await confirmations.settled() // demo
    },
  }
}
