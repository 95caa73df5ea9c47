import { hostname } from 'node:os'
import { z } from 'zod'
import { createClock, within, type Clock } from './clock.ts'
import { createCredential, type Credential } from './credential.ts'
import type { Fetched } from './credentialEntry.ts'
import { WechatTransportError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { Http } from './http.ts'
import { NotAsked } from './renewal.ts'
import { isStoreFailure, type Store } from './stores/store.ts'
import { createTokenCalls } from './tokenCalls.ts'

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
  /** Tells this machine from others that share the store: a failure of its own holds up no other. Default: its host name. */
  machine?: string
  /** Default: `now`, kept from going back, and the machine's timers. */
  clock?: Clock
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
   * The page was told "invalid signature": asks WeChat for the ticket again, at most once a minute over all
   * processes of the store. Called more often it gives the current ticket, so it cannot burn quota.
   */
  recheckedJsapiTicket(): Promise<string>
  /** Milliseconds until the next such question is allowed, 0 for now; undefined where the store cannot tell. */
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

// What the mark of a check says, with the time of it behind: of two checks that are told apart, and of the next one.
const ASKING = 'asking:'
const OVER = 'over:'

// Milliseconds.
const RECHECK_EVERY = 60_000
const FOREIGN_LIMIT = 10_000

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
    machine = hostname(),
    clock = createClock(now),
  } = options
  const keyOf = (name: string) => `wechat:${appId}:${name}`

  const create = (name: string, key: string, fetch: () => Promise<Fetched>): Credential =>
    createCredential({ name, key: keyOf(key), store, clock, machine, onEvent, fetch })
  // Tokens of different sources are never mixed: they are isolated.
  const token = create(
    'access_token',
    typeof tokenSource === 'string' ? tokenSource : 'foreign_token',
    fetchToken,
  )
  const jsapiTicket = createTicket('jsapi')
  const cardTicket = createTicket('wx_card')
  const withToken = createTokenCalls({
    token,
    clock,
    onEvent,
    isRepeated: tokenSource === 'stable_token',
    // A ticket may have died with the token that it was asked for with.
    onReplaced: (fence) => {
      for (const ticket of [jsapiTicket, cardTicket]) ticket.doubtMadeWith(fence)
    },
  })

  async function fetchToken(): Promise<Fetched> {
    if (typeof tokenSource === 'function') {
      const { accessToken, expiresIn } =
        (await within(clock, FOREIGN_LIMIT, tokenSource().catch(foreignFailed))) ?? foreignHangs()
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
    const name = `${type}_ticket`
    return create(name, name, async () => {
      let refusal: unknown
      const ask = async (accessToken: string, fence: number): Promise<Fetched> => {
        const query = { access_token: accessToken, type }
        const request = { method: 'GET', path: '/cgi-bin/ticket/getticket', query } as const
        try {
          const { ticket, expires_in } = await http({ ...request, schema: ticketSchema })
          return { value: ticket, expiresIn: expires_in, madeWith: fence }
        } catch (error) {
          refusal = error
          throw error
        }
      }
      return withToken(ask).catch((error: unknown) => {
        throw error === refusal ? error : new NotAsked(error)
      })
    })
  }

  return {
    withAccessToken: (call) => withToken(call),
    close() {
      for (const credential of [token, jsapiTicket, cardTicket]) credential.close()
    },
    jsapiTicket: () => jsapiTicket.get(),
    cardTicket: () => cardTicket.get(),
    async recheckedJsapiTicket() {
      const wasHeld = jsapiTicket.isHeld()
      const known = await jsapiTicket.current()
      const isJustGiven = !wasHeld && known.isOwn
      const mark = keyOf('jsapi_ticket:rechecked')
      try {
        const askedAt = now()
        const asking = `${ASKING}${askedAt}`
        const over = `${OVER}${askedAt}`
        const mayAsk = await store.add(mark, isJustGiven ? over : asking, RECHECK_EVERY)
        if (isJustGiven) return known.value
        if (!mayAsk)
          return await jsapiTicket.catchUp(async () => !(await store.get(mark))?.startsWith(ASKING))
        const value = await jsapiTicket.recheck()
        await store.replace(mark, asking, over, Math.max(1, RECHECK_EVERY - Math.max(0, now() - askedAt)))
        return value
      } catch (error) {
        // Without a store nobody knows whether another process has asked: so nobody asks.
        if (isStoreFailure(error)) return jsapiTicket.get()
        throw error
      }
    },
    async untilRecheck() {
      try {
        const mark = await store.get(keyOf('jsapi_ticket:rechecked'))
        if (mark === undefined) return 0
        // Of a mark that another release has written only its presence counts.
        const askedAt = Number(/^(?:asking|over):(\d+)$/.exec(mark)?.[1] ?? now())
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

// Only that it failed: what it says may quote its address, and with it a secret.
function foreignFailed(): never {
  const place = { method: 'GET', path: 'the token server' } as const
  throw new WechatTransportError(place, 'wechat_unreachable', 'it gave no token')
}

function foreignHangs(): never {
  const place = { method: 'GET', path: 'the token server' } as const
  throw new WechatTransportError(place, 'wechat_timeout', `it gave no token within ${FOREIGN_LIMIT} ms`)
}
