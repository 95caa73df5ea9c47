import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import type { WechatEnvironment } from 'wechat-web'
import type { LoginScope, User } from './sessionApi'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may see the page: those who are logged in. `true` is the silent login, `snsapi_base`. */
    login?: true | LoginScope
  }
}

export interface LoginGuardOptions {
  environment: WechatEnvironment
  session: {
    readonly user: User | null
    readonly snapshot: boolean
    load(): Promise<void>
    login(returnTo: string, scope: LoginScope): void
  }
  window: Pick<Window, 'sessionStorage'>
}

const ONCE_IN = 600_000 // milliseconds, as long as the server keeps an attempt

/**
 * Sends people to WeChat's login when they come to a page whose route says `meta: { login }`, and lets them in when
 * they are back. A page that explains itself, and has a button, is shown in its place
 *
 * - outside WeChat, and to visitors of a snapshot: they can't log in here;
 * - to who has just been sent there and comes back as nobody: it must not go on for ever;
 * - to who opens a page that wants name and picture: asked before they know what for, WeChat would give a snapshot
 *   in place of the page (its rules for web logins, 2022). Within the site a tap is reason enough.
 */
export async function checkLogin(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
  { environment, session, window }: LoginGuardOptions,
): Promise<boolean | RouteLocationRaw> {
  const scope = scopeOf(to)
  if (!scope) return true
  try {
    await session.load()
  } catch {
    return loginPage(to) // it tries again, and says what failed
  }
  if (suffices(session.user, scope)) {
    forgetTry(window, to)
    return true
  }
  const entered = from.matched.length === 0
  const unasked = scope === 'snsapi_userinfo' && entered
  if (!environment.inWechat || session.snapshot || unasked || !isFirstTry(window, to)) return loginPage(to)
  session.login(to.fullPath, scope)
  return false
}

/** The login that a page asks for, if any. */
export function scopeOf({ meta }: Pick<RouteLocationNormalized, 'meta'>): LoginScope | undefined {
  return meta.login === true ? 'snsapi_base' : meta.login
}

function suffices(user: User | null, scope: LoginScope): boolean {
  return user !== null && (scope === 'snsapi_base' || user.scope.includes('snsapi_userinfo'))
}

// By name, with the path as its parameter: the address stays the one of the page.
function loginPage({ path, query, hash }: RouteLocationNormalized): RouteLocationRaw {
  return { name: 'login', params: { rest: path.slice(1).split('/') }, query, hash, replace: true }
}

/** Where nothing can be remembered every try counts as a second one: better a button than a loop. */
function isFirstTry(window: LoginGuardOptions['window'], { fullPath }: RouteLocationNormalized): boolean {
  try {
    const { sessionStorage } = window
    const last = Number(sessionStorage.getItem(nameOf(fullPath)))
    sessionStorage.setItem(nameOf(fullPath), String(Date.now()))
    return Date.now() - last > ONCE_IN
  } catch {
    return false
  }
}

function forgetTry(window: LoginGuardOptions['window'], { fullPath }: RouteLocationNormalized): void {
  try {
    window.sessionStorage.removeItem(nameOf(fullPath))
  } catch {
    // there was nothing to remember it in
  }
}

const nameOf = (fullPath: string): string => `login-tried:${fullPath}`
