import { z } from 'zod'
import { createCredential, type Credential } from './credential.ts'
import type { Fetched } from './credentialEntry.ts'
import { isStaleToken, WechatApiError, WechatTransportError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { Http } from './http.ts'
import { isStoreFailure, type Store } from './stores/store.ts'

/** Where access_tokens come from. */
export type TokenSource =
  /** `POST /cgi-bin/stable_token`: repeated calls give the same token. The default. */
  | 'stable_token'
  /** `GET /cgi-bin/token`: each call ends the token before. Only for an account whose other systems need it. */
  | 'token'
  /** Somebody else's token server: asked for a token and its remaining seconds. */
  | (() => Promise<{ accessToken: string; expiresIn: number }>)

export interface CredentialsOptions {
  appId: string
  appSecret: string
  http: Http
  store: Store
  now: () => number
  onEvent?: OnEvent
  tokenSource?: TokenSource
}

/** The account's access_token and tickets. They never leave the server. */
export interface Credentials {
  /** Runs a call with the access_token; when WeChat says that the token is stale, once more with a new one. */
  withAccessToken<T>(call: (accessToken: string) => Promise<T>): Promise<T>
  /** The jsapi_ticket that signatures are made with. */
  jsapiTicket(): Promise<string>
  /** The ticket that card signatures are made with; signing a page with it gives "invalid signature". */
  cardTicket(): Promise<string>
  /**
   * The page was told "invalid signature": asks WeChat for the ticket anew, at most once a minute over all
   * processes of the store. Called more often it gives the current ticket, so it can't burn quota.
   */
  recheckedJsapiTicket(): Promise<string>
  /** Milliseconds until the next such question is allowed, 0 for now; undefined where the store can't tell. */
  untilRecheck(): Promise<number | undefined>
  /** Stops renewing in the background. */
  close(): void
}

// A reply without a usable lifetime is refused: signing with half an answer fails later and is harder to find.
const lifetime = z
  .number()
  .int()
  .positive()
  .max(30 * 86_400)
const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: lifetime })
const ticketSchema = z.object({ ticket: z.string().min(1), expires_in: lifetime })

const RECHECK_EVERY = 60_000 // milliseconds

/**
 * Fetches with `stable_token`: repeated calls return the same token with its remaining seconds, so a second
 * process or a restart never kills the token of the first.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/getStableAccessToken.html
 */
export function createCredentials(options: CredentialsOptions): Credentials {
  const {
    appId,
    appSecret,
    http,
    store,
    now,
    onEvent = () => undefined,
    tokenSource = 'stable_token',
  } = options
  const keyOf = (name: string) => `wechat:${appId}:${name}`

  const token = createCredential({
    name: 'access_token',
    key: keyOf(typeof tokenSource === 'string' ? tokenSource : 'foreign_token'), // never mixed: they are isolated
    store,
    now,
    onEvent,
    // A ticket may have died with the token that it was asked for with.
    onDropped: async (fence) => {
      await jsapiTicket.dropMadeWith(fence)
      await cardTicket.dropMadeWith(fence)
    },
    fetch: fetchToken,
  })
  const jsapiTicket = createTicket('jsapi')
  const cardTicket = createTicket('wx_card')

  async function fetchToken(): Promise<Fetched> {
    if (typeof tokenSource === 'function') {
      const { accessToken, expiresIn } = await tokenSource().catch(foreignFailed)
      const { access_token, expires_in } = checkForeign({ access_token: accessToken, expires_in: expiresIn })
      return { value: access_token, expiresIn: expires_in }
    }
    const grant = { grant_type: 'client_credential', appid: appId, secret: appSecret }
    const answer = await (tokenSource === 'token'
      ? http({ method: 'GET', path: '/cgi-bin/token', query: grant, schema: tokenSchema })
      : http({
          method: 'POST',
          path: '/cgi-bin/stable_token',
          body: { ...grant, force_refresh: false },
          schema: tokenSchema,
        }))
    return { value: answer.access_token, expiresIn: answer.expires_in }
  }

  function createTicket(type: 'jsapi' | 'wx_card'): Credential {
    return createCredential({
      name: `${type}_ticket`,
      key: keyOf(`${type}_ticket`),
      store,
      now,
      onEvent,
      fetch: () =>
        withToken(async (accessToken, fence) => {
          const query = { access_token: accessToken, type }
          const answer = await http({
            method: 'GET',
            path: '/cgi-bin/ticket/getticket',
            query,
            schema: ticketSchema,
          })
          return { value: answer.ticket, expiresIn: answer.expires_in, madeWith: fence }
        }),
    })
  }

  async function withToken<T>(call: (accessToken: string, fence: number) => Promise<T>): Promise<T> {
    const { value, fence } = await token.current()
    try {
      return await call(value, fence)
    } catch (error) {
      if (!isStaleToken(error)) throw error
      await token.renew(value)
      onEvent({ type: 'retried', errcode: error instanceof WechatApiError ? error.errcode : 0 })
      const renewed = await token.current()
      return call(renewed.value, renewed.fence)
    }
  }

  return {
    withAccessToken: (call) => withToken(call),
    close() {
      for (const credential of [token, jsapiTicket, cardTicket]) credential.close()
    },
    jsapiTicket: () => jsapiTicket.get(),
    cardTicket: () => cardTicket.get(),
    async recheckedJsapiTicket() {
      const known = await jsapiTicket.get()
      const mayAsk = await store
        .add(keyOf('jsapi_ticket:rechecked'), String(now()), RECHECK_EVERY)
        .catch(notAllowed)
      return mayAsk ? jsapiTicket.renew(known) : jsapiTicket.catchUp()
    },
    async untilRecheck() {
      try {
        const askedAt = Number((await store.get(keyOf('jsapi_ticket:rechecked'))) ?? -Infinity)
        return Math.min(Math.max(askedAt + RECHECK_EVERY - now(), 0), RECHECK_EVERY)
      } catch (error) {
        if (isStoreFailure(error)) return undefined
        throw error
      }
    },
  }
}

function checkForeign(answer: unknown): z.output<typeof tokenSchema> {
  const checked = tokenSchema.safeParse(answer)
  if (checked.success) return checked.data
  const place = { method: 'GET', path: 'the token server' } as const
  throw new WechatTransportError(
    place,
    'wechat_bad_response',
    'it gave no access_token with a lifetime in seconds',
  )
}

// Without a store nobody knows whether another process has asked: so nobody asks.
function notAllowed(error: unknown): boolean {
  if (isStoreFailure(error)) return false
  throw error
}

// Only that it failed: what it says may quote its address, and with it a secret.
function foreignFailed(): never {
  const place = { method: 'GET', path: 'the token server' } as const
  throw new WechatTransportError(place, 'wechat_unreachable', 'it gave no token')
}
