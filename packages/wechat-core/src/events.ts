/** What happens with credentials and calls. Never holds a secret, so it may be logged and counted as it is. */
export type WechatEvent =
  /** A credential was fetched. */
  | { type: 'refreshed'; credential: string; ms: number }
  /** WeChat, or the way to it, refused a credential. `code` as in the error, e.g. `wechat_40164`. */
  | { type: 'refresh_failed'; credential: string; code: string; ms: number }
  /** A caller had to wait for a credential, its own process's fetch or another's. */
  | { type: 'waited'; credential: string; ms: number }
  /** A credential that WeChat refused, to us or to a page, is given up: another is asked for. */
  | { type: 'dropped'; credential: string }
  /** The store did not answer; what is in memory is used meanwhile. */
  | { type: 'store_failed'; credential: string }
  /** A request to WeChat ended. `errcode` is 0 for success, undefined when there was no answer. */
  | { type: 'request'; path: string; errcode: number | undefined; ms: number }
  /** A request is sent once more with a new access_token. */
  | { type: 'retried'; errcode: number }

export type OnEvent = (event: WechatEvent) => void
