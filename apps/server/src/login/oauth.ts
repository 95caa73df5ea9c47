import { Router, type Request } from 'express'
import { buildAuthorizeUrl, WechatApiError, type Store } from 'wechat-core'
import { LoginError, STATE_LIFE, type Login, type LoginResult } from 'wechat-core/login'
import { cookieName, cookieOptions, readCookies } from 'starter-server/cookies'
import type { Env } from '../env.ts'
import { checked } from 'starter-server/endpoint'
import { limitRequests } from 'starter-server/limits'
import { authorizeQuery, callbackQuery } from './contract.ts'
import { Problem, toProblem } from 'starter-server/problem'
import { joinSession, renewSession, saveSession } from './session.ts'

const CALLBACK = '/api/wechat/oauth/callback'
const RETRY = '/me'
// Tabs that log in at once; an older attempt ends by itself after ten minutes.
const TABS = 10

/** Login with WeChat: `authorize` sends the browser away, `callback` takes it back. */
export function oauthRoutes(parts: { env: Env; login: Login; store: Store; appId: string }): Router {
  const { env, login, store, appId } = parts
  const limit = limitRequests({ store, name: 'oauth' })
  // One cookie an attempt: two tabs that log in at once keep their own.
  const attempts = cookieName(env, 'login_')
  const cookieOf = (state: string) => attempts + state.slice(0, 12)

  return Router()
    .get('/api/wechat/oauth/authorize', limit, async (req, res) => {
      const { scope, returnTo } = checked(authorizeQuery, req.query, refusal)
      const { state, browserKey } = await login.start(scope, returnTo)
      const { openUrl } = env.wechat
      const target = buildAuthorizeUrl({
        appId,
        redirectUri: env.publicUrl + CALLBACK,
        scope,
        state,
        openUrl,
      })
      const known = readCookies(req.get('cookie')).filter(({ name }) => name.startsWith(attempts))
      // Every request carries them: the oldest go before there are too many, a few at a time.
      for (const { name } of known.slice(0, 1 - TABS).slice(0, TABS))
        res.clearCookie(name, cookieOptions(env))
      res
        .cookie(cookieOf(state), browserKey, { ...cookieOptions(env), maxAge: STATE_LIFE })
        .set('cache-control', 'no-store')
        .redirect(302, target)
    })
    .get(CALLBACK, limit, async (req, res) => {
      const { state, code } = checked(callbackQuery, req.query, refusal)
      try {
        const cookie = readCookies(req.get('cookie')).find(({ name }) => name === cookieOf(state))
        const result = await login.finish({ state, code, browserKey: cookie?.value ?? '' })
        await keep(req, state, result)
        res.set('cache-control', 'no-store').redirect(302, result.returnTo)
      } catch (error) {
        throw toRefusal(error, req)
      }
    })
}

async function keep(req: Request, state: string, result: LoginResult): Promise<void> {
  if (!('user' in result) && !('snapshot' in result)) return
  if (await joinSession(req, result.session)) return
  const { loginStates = [] } = req.session
  await renewSession(req, result.session)
  req.session.loginStates = [...loginStates.slice(1 - TABS), state]
  if ('user' in result) req.session.user = result.user
  else req.session.snapshot = true
  await saveSession(req)
}

// Whatever it was, the page offers another try. A code that WeChat refuses is the person's way back, not our failure.
function toRefusal(error: unknown, req: Request): Problem {
  if (error instanceof LoginError) return refusal('invalid_state', error.message)
  if (error instanceof WechatApiError && error.kind === 'login') {
    req.log.warn({ err: error }, 'login failed')
    return new Problem({
      ...refusal(error.code, 'WeChat did not accept this login.').fields,
      title: 'The login did not succeed',
      hint: error.hint,
      hintZh: error.hintZh,
    })
  }
  return new Problem({ ...toProblem(error), retry: RETRY }, error)
}

function refusal(code: string, detail: string): Problem {
  return new Problem({
    status: 400,
    code,
    title: 'This login cannot go on',
    detail,
    hint: 'Start the login again from the page you came from.',
    hintZh: '请回到刚才的页面，重新登录。',
    retry: RETRY,
  })
}
