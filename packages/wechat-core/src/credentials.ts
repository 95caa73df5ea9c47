import { z } from 'zod'
import { createCredential } from './credential.ts'
import { WechatApiError, isStaleToken } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { Http } from './http.ts'
import type { Store } from './stores/store.ts'

export interface CredentialsOptions {
  appId: string
  appSecret: string
  http: Http
  store: Store
  now: () => number
  onEvent?: OnEvent
}

/** The account's access_token and jsapi_ticket. They never leave the server. */
export interface Credentials {
  /** Runs a call with the access_token; when WeChat says that the token is stale, once more with a new one. */
  withAccessToken<T>(call: (accessToken: string) => Promise<T>): Promise<T>
  /** The jsapi_ticket that signatures are made with. */
  jsapiTicket(): Promise<string>
  /**
   * The page was told "invalid signature": asks WeChat for the ticket anew, at most once a minute over all
   * processes of the store. Called more often it gives the current ticket, so it can't burn quota.
   */
  recheckedJsapiTicket(): Promise<string>
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
  const { appId, appSecret, http, store, now, onEvent = () => undefined } = options
  const keyOf = (name: string) => `wechat:${appId}:${name}`

  const token = createCredential({
    name: 'access_token',
    key: keyOf('stable_token'),
    store,
    now,
    onEvent,
    // A ticket may have died with the token that it was asked for with.
    onDropped: (fence) => ticket.dropMadeWith(fence),
    fetch: async () => {
      const answer = await http({
        method: 'POST',
        path: '/cgi-bin/stable_token',
        body: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false },
        schema: tokenSchema,
      })
      return { value: answer.access_token, expiresIn: answer.expires_in }
    },
  })

  const ticket = createCredential({
    name: 'jsapi_ticket',
    key: keyOf('jsapi_ticket'),
    store,
    now,
    onEvent,
    fetch: async () => {
      return withToken(async (accessToken, fence) => {
        const answer = await http({
          method: 'GET',
          path: '/cgi-bin/ticket/getticket',
          query: { access_token: accessToken, type: 'jsapi' },
          schema: ticketSchema,
        })
        return { value: answer.ticket, expiresIn: answer.expires_in, madeWith: fence }
      })
    },
  })

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
      token.close()
      ticket.close()
    },
    jsapiTicket: () => ticket.get(),
    async recheckedJsapiTicket() {
      const known = await ticket.get()
      const mayAsk = await store.add(keyOf('jsapi_ticket:rechecked'), String(now()), RECHECK_EVERY)
      return mayAsk ? ticket.renew(known) : ticket.catchUp()
    },
  }
}
