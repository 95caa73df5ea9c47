import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Store } from 'wechat-core'
import type { Env } from './env.ts'
import type { PersonKey } from './people.ts'
import { SessionStore } from './sessionStore.ts'

/** Who is logged in, as the session has it. What is known about the person stands in `people.ts`. */
export interface SessionUser {
  person: PersonKey
  /** Since when that person is known; see `people.ts`. */
  since: string
  /** What this login was allowed; `snsapi_base` shows no profile. */
  scope: string
}

/** Whether a login may know nickname and avatar. Several scopes are comma separated. */
export function allowsProfile(scope: string): boolean {
  return scope.split(',').includes('snsapi_userinfo')
}

declare module 'express-session' {
  interface SessionData {
    user: SessionUser
    /** A visitor of WeChat's snapshot mode: looked, but is nobody. */
    snapshot: boolean
    /** The OAuth states that this browser has logged in with, so that a logout ends them too. */
    loginStates: string[]
  }
}

const THIRTY_DAYS = 30 * 86_400_000

/** Sessions with a cookie named `sid`; their content stays in the store. */
export function sessions(env: Env, store: Store): RequestHandler {
  const https = env.publicUrl.startsWith('https:')
  const handle = session({
    name: 'sid',
    secret: env.sessionSecrets,
    store: new SessionStore(store),
    resave: false,
    saveUninitialized: false,
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: https,
      maxAge: THIRTY_DAYS,
    },
    proxy: true,
  })
  // People reach an https site by https. A proxy that forgets to say so would silently cost every login: the library
  // sets no Secure cookie then. The browser enforces Secure all the same.
  return (req, res, next) => {
    if (https) req.headers['x-forwarded-proto'] = 'https'
    handle(req, res, next)
  }
}

/** Starts a new session, so that an id from before the login is worth nothing after it. */
export function renewSession(req: Request): Promise<void> {
  return new Promise((done, fail) =>
    req.session.regenerate((error: unknown) => (error ? fail(error) : done())),
  )
}

/** Waits until the session is in the store: only then may a person be told that they are logged in. */
export function saveSession(req: Request): Promise<void> {
  return new Promise((done, fail) => req.session.save((error: unknown) => (error ? fail(error) : done())))
}

export function endSession(req: Request): Promise<void> {
  return new Promise((done, fail) => req.session.destroy((error: unknown) => (error ? fail(error) : done())))
}
