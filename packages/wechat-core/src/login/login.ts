import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { OAuthScope } from '../oauth.ts'
import type { Store } from '../stores/store.ts'
import type { Wechat } from '../wechat.ts'
import type { MemberKey, Members } from './members.ts'

/** How long a person may take between "log in" and coming back, in milliseconds. */
export const STATE_LIFE = 600_000
// Some WeChat clients call back twice, and only the second answer reaches the screen.
const DOUBLE_CALLBACK = 30_000
// An exchange and a profile, each with the time limit of one request to WeChat, and some more.
const WAIT_FOR_TWIN = 11_000
const LOOK_EVERY = 50

/** Who has logged in. A session keeps this; the rest is asked of the members. */
export interface LoginUser {
  /** Under which the member is found. */
  person: MemberKey
  /** Random, and another one after everything was forgotten: then logins from before are worth nothing. */
  memberId: string
  /** What this login was allowed; `snsapi_base` shows no profile. */
  scope: string
}

/** Whether a login may know nickname and avatar. Several scopes are comma separated. */
export function allowsProfile(scope: string): boolean {
  return scope.split(',').includes('snsapi_userinfo')
}

export interface LoginStart {
  /** One use, random, letters and digits only. */
  state: string
  /** Goes into a cookie of the browser that started; without it the state is worth nothing. */
  browserKey: string
}

/** `session`: the id of the one session that this login has, however often WeChat calls back. */
export type LoginResult =
  | { user: LoginUser; session: string; returnTo: string }
  | { snapshot: true; session: string; returnTo: string }
  /** This login was finished earlier: go on, and change nothing. */
  | { returnTo: string }

/** The login can't be finished; the person has to start again. */
export class LoginError extends Error {
  override readonly name = 'LoginError'
}

const attemptSchema = z.object({
  scope: z.enum(['snsapi_base', 'snsapi_userinfo']),
  returnTo: z.string(),
  browser: z.string(),
  progress: z.enum(['open', 'busy', 'done', 'failed']),
  user: z.object({ person: z.string(), memberId: z.string(), scope: z.string() }).optional(),
  snapshot: z.boolean().optional(),
  session: z.string().optional(),
  doneAt: z.number().optional(),
})
type Attempt = z.infer<typeof attemptSchema>

/**
 * The OAuth flow between `authorize` and `callback`. One store entry per attempt, so that several tabs don't
 * disturb each other; the code is exchanged by exactly one request, however often WeChat calls back.
 */
export function createLogin(parts: {
  wechat: Pick<Wechat, 'oauth'>
  store: Store
  members: Members
  /** Gives an id that nobody guesses, for the one session that a login has. */
  createSessionId: () => string
  /** Milliseconds since 1970. */
  now: () => number
  /** How long a second callback waits for the first, in milliseconds. */
  waitForTwin?: number
}) {
  const { wechat, store, members, createSessionId, now, waitForTwin = WAIT_FOR_TWIN } = parts
  const read = async (state: string): Promise<{ text: string; attempt: Attempt } | undefined> => {
    const text = await store.get(keyOf(state))
    return text === undefined ? undefined : { text, attempt: attemptSchema.parse(JSON.parse(text)) }
  }
  const write = (state: string, attempt: Attempt) =>
    store.set(keyOf(state), JSON.stringify(attempt), STATE_LIFE)

  async function exchange(state: string, attempt: Attempt, code: string): Promise<LoginResult> {
    const { returnTo } = attempt
    const session = createSessionId()
    const done = { ...attempt, session, progress: 'done' } as const
    try {
      const began = await members.moment()
      const grant = await wechat.oauth.exchangeCode(code)
      if (grant.snapshot) {
        await write(state, { ...done, snapshot: true, doneAt: now() })
        return { snapshot: true, session, returnTo }
      }
      const profile = allowsProfile(grant.scope) ? await wechat.oauth.fetchProfile(grant) : undefined
      const member = await members.remember(grant, profile, began)
      if (!member) throw new LoginError('What is kept about you was deleted during this login.')
      const user: LoginUser = {
        person: members.keyOf(member.openid),
        memberId: member.memberId,
        scope: grant.scope,
      }
      await write(state, { ...done, user, doneAt: now() })
      return { user, session, returnTo }
    } catch (error) {
      await write(state, { ...attempt, progress: 'failed' }).catch(() => undefined) // the first error says more
      throw error
    }
  }

  async function outcomeOfTwin(state: string): Promise<Attempt> {
    for (const until = performance.now() + waitForTwin; performance.now() < until; await sleep(LOOK_EVERY)) {
      const found = await read(state)
      if (!found) break
      if (found.attempt.progress === 'done') return found.attempt
      if (found.attempt.progress === 'failed') break
    }
    throw new LoginError('This login was already used.')
  }

  return {
    async start(scope: OAuthScope, returnTo: string): Promise<LoginStart> {
      const state = randomBytes(16).toString('hex')
      const browserKey = randomBytes(16).toString('hex')
      await write(state, { scope, returnTo, browser: digest(browserKey), progress: 'open' })
      return { state, browserKey }
    },

    /**
     * Finishes a login.
     *
     * @throws {LoginError} unknown, foreign or used state, or one older than 10 minutes
     * @throws {WechatApiError} WeChat refused the code
     */
    async finish(input: { state: string; code: string; browserKey: string }): Promise<LoginResult> {
      const found = await read(input.state)
      if (!found || !sameDigest(found.attempt.browser, digest(input.browserKey))) {
        throw new LoginError('This login was started elsewhere or more than 10 minutes ago.')
      }
      if (found.attempt.progress === 'open') {
        const busy: Attempt = { ...found.attempt, progress: 'busy' }
        const mine = await store.replace(keyOf(input.state), found.text, JSON.stringify(busy), STATE_LIFE)
        if (mine) return exchange(input.state, busy, input.code)
      }
      const { user, snapshot, session, returnTo, doneAt = 0 } = await outcomeOfTwin(input.state)
      // Either way: a clock may have been set back since.
      if (!session || Math.abs(now() - doneAt) > DOUBLE_CALLBACK) return { returnTo }
      return user ? { user, session, returnTo } : snapshot ? { snapshot, session, returnTo } : { returnTo }
    },

    /** Forgets attempts, so that after a logout their callback addresses log nobody in. */
    async forget(states: string[] = []) {
      for (const state of states) await store.delete(keyOf(state))
    },
  }
}

export type Login = ReturnType<typeof createLogin>

const keyOf = (state: string): string => `login:${state}`
const digest = (text: string): string => hash('sha256', text)
const sameDigest = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
