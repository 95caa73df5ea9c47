import type { z } from 'zod'
import { createCredentials, type Credentials, type TokenSource } from './credentials.ts'
import type { OnEvent } from './events.ts'
import { createHttp, type HttpOptions, type HttpRequest } from './http.ts'
import { createOAuth, type OAuth } from './oauth.ts'
import { signJsapi, type JsapiSignature } from './signature.ts'
import type { Store } from './stores/store.ts'

export interface WechatOptions extends HttpOptions {
  appId: string
  appSecret: string
  store: Store
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
  /** Default `stable_token`. */
  tokenSource?: TokenSource
  /** Told of refreshes, waits, retries and errcodes; never of a secret. */
  onEvent?: OnEvent
}

/** One Official Account. */
export interface Wechat {
  readonly appId: string
  readonly credentials: Credentials
  readonly oauth: OAuth
  /**
   * The `wx.config` values for a page. Check the address with `checkPageUrl` first: this signs whatever it gets.
   *
   * @param options.recheck the page says that WeChat refused the last signature
   */
  sign(url: string, options?: { recheck?: boolean }): Promise<JsapiSignature & { appId: string }>
  /**
   * Calls any endpoint that wants an access_token: it is added, and renewed and tried once more when WeChat says that
   * it is stale. A `FormData` body is sent as multipart; `answer: 'file'` takes bytes. What people ask for daily is in
   * `wechat-core/api`, with types.
   *
   * @example const { ip_list } = await wechat.api({
   *   method: 'GET', path: '/cgi-bin/getcallbackip', schema: z.object({ ip_list: z.array(z.string()) }),
   * })
   * @throws {WechatApiError} WeChat answered with an errcode; its `hint` says what to do
   * @throws {WechatTransportError} no answer, or not the one that `schema` describes
   */
  api<S extends z.ZodType>(request: HttpRequest<S>): Promise<z.output<S>>
  /** Stops renewing credentials in the background. */
  close(): void
}

/** @example const wechat = createWechat({ appId, appSecret, store: memoryStore() }) */
export function createWechat(options: WechatOptions): Wechat {
  const { appId, appSecret, store } = options
  const now = options.now ?? Date.now
  const http = createHttp(options)
  const onEvent = options.onEvent ?? (() => undefined)
  const { tokenSource = 'stable_token' } = options
  const credentials = createCredentials({ appId, appSecret, http, store, now, onEvent, tokenSource })
  return {
    appId,
    credentials,
    oauth: createOAuth({ appId, appSecret, http }),
    api: (request) =>
      credentials.withAccessToken((accessToken) =>
        http({ ...request, query: { ...request.query, access_token: accessToken } }),
      ),
    close: () => credentials.close(),
    async sign(url, { recheck = false } = {}) {
      const ticket = await (recheck ? credentials.recheckedJsapiTicket() : credentials.jsapiTicket())
      return { appId, ...signJsapi({ ticket, url, timestamp: Math.floor(now() / 1000) }) }
    },
  }
}
