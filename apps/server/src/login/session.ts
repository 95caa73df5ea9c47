import { randomBytes } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Store } from 'wechat-core'
import type { LoginUser } from 'wechat-core/login'
import { cookieName, cookieOptions } from 'starter-server/cookies'
import type { Env } from '../env.ts'
import { SessionStore } from 'starter-server/sessionStore'

declare module 'express-session' {
  interface SessionData {
    user: LoginUser
    /** A visitor of WeChat's snapshot mode: looked, but is nobody. */
    snapshot: boolean
    /** The OAuth states that this browser has logged in with, so that a logout ends them too. */
    loginStates: string[]
  }
}

const THIRTY_DAYS = 30 * 86_400_000

// Under which id a request's next session begins.
const wantedIds = new WeakMap<Request, string>()

/** An id that nobody guesses. */
export function createSessionId(): string {
  return randomBytes(24).toString('base64url')
}

/** Sessions with a cookie named `sid`, on https `__Host-sid`; their content stays in the store. */
export function sessions(env: Env, store: Store): RequestHandler {
  const { secure } = cookieOptions(env)
  const handle = session({
    name: cookieName(env, 'sid'),
    genid: (req) => wantedIds.get(req) ?? createSessionId(),
    secret: env.sessionSecrets,
    store: new SessionStore(store),
    resave: false,
    saveUninitialized: false,
    cookie: { ...cookieOptions(env), maxAge: THIRTY_DAYS },
    proxy: true,
  })
  // Members reach an https site by https. A proxy that forgets to say so would silently cost every login: the library
  // sets no Secure cookie then. The browser enforces Secure all the same.
  return (req, res, next) => {
    if (secure) req.headers['x-forwarded-proto'] = 'https'
    handle(req, res, next)
  }
}

/** Starts a new session with this id, so that one from before the login is worth nothing after it. */
export function renewSession(req: Request, id: string): Promise<void> {
  wantedIds.set(req, id)
  return new Promise((done, fail) =>
    req.session.regenerate((error: unknown) => (error ? fail(error) : done())),
  )
}

/** Goes on with the session that another request has started under this id. Returns whether there is one. */
export async function joinSession(req: Request, id: string): Promise<boolean> {
  const { sessionStore } = req
  const data = await new Promise<session.SessionData | null | undefined>((done, fail) =>
    sessionStore.get(id, (error: unknown, found) => (error ? fail(error) : done(found))),
  )
  if (!data) return false
  if (req.sessionID !== id) await endSession(req)
  req.sessionID = id
  sessionStore.createSession(req, data)
  return true
}

/** Waits until the session is in the store: only then may a person be told that they are logged in. */
export function saveSession(req: Request): Promise<void> {
  return new Promise((done, fail) => req.session.save((error: unknown) => (error ? fail(error) : done())))
}

export function endSession(req: Request): Promise<void> {
  return new Promise((done, fail) => req.session.destroy((error: unknown) => (error ? fail(error) : done())))
}
