import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { wechatPush, type Store, type Wechat, type WechatPush } from 'wechat-core'
import { openAccount } from './wechat/account.ts'
import { createApp } from './app.ts'
import type { Articles } from './articles/articles.ts'
import type { Env } from './env.ts'
import { fastSignature } from './wechat/fastSignature.ts'
import { createLogin } from './login/login.ts'
import { createObserver } from './http/observe.ts'
import { createPage } from './pages/page.ts'
import { createPeople } from './login/members.ts'
import { pushHandlers } from './wechat/pushHandlers.ts'

export interface ServiceParts {
  /** With appId and appSecret. */
  env: Env
  store: Store
  articles: Articles
  log: Logger
  /** Gives `index.html` as the web build made it. */
  template: () => Promise<string>
  /** The folder of the built web app; undefined in development, where Vite serves its files. */
  webRoot?: string | undefined
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: (() => number) | undefined
  /** Time limit of one request to WeChat, in milliseconds. */
  timeoutMs?: number
}

const LONGEST_HOST = 260 // characters: 253 of a name, and a port

/** Everything behind the port, made from its parts. */
export interface Service {
  listener: RequestListener
  wechat: Wechat
  /** Resolves when no work is left that nobody waits for: handlers of pushes that took longer than WeChat waits. */
  settled(): Promise<void>
}

export function createService(parts: ServiceParts): Service {
  const { env, store, articles, log, template, now = Date.now } = parts
  const { onEvent, registry } = createObserver(log)
  const timeLimit = parts.timeoutMs ? { timeoutMs: parts.timeoutMs } : {}
  const wechat = openAccount(env, { store, now, onEvent, ...timeLimit })
  const people = createPeople({ wechat, store, now })
  const login = createLogin({ wechat, store, people, now })
  const page = createPage({ env, wechat, articles, log, template })
  const push = pushOf()
  const app = createApp({ ...parts, wechat, page, people, login, push, registry, now })

  function pushOf(): WechatPush | undefined {
    const { token, encodingAesKey, pushMode: mode } = env.wechat
    if (!token) return undefined
    const handlers = pushHandlers({ env, articles, people })
    return wechatPush({ wechat, store, token, encodingAesKey, mode, handlers, onEvent, now })
  }

  const fast = fastSignature({ env, wechat, log, app })

  return {
    listener: (req, res) =>
      isPlain(req) && URL.canParse(req.url ?? '', env.publicUrl) ? fast(req, res) : refuseAddress(res),
    wechat,
    async settled() {
      await push?.settled()
    },
  }
}

// A path, and hosts no longer than DNS allows. Looked at before anything is parsed: to write a host name in Punycode
// takes the square of its length.
function isPlain({ url = '', headers }: IncomingMessage): boolean {
  const hosts = [headers.host, headers['x-forwarded-host']].flat()
  return /^\/(?![/\\])/.test(url) && hosts.every((host = '') => host.length <= LONGEST_HOST)
}

// Like "http://[", which Express's router would answer in its own way, before any route and header of ours.
function refuseAddress(res: ServerResponse): void {
  res.writeHead(400, { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' })
  const problem = { type: 'about:blank', title: 'Bad request', status: 400, code: 'bad_request' }
  res.end(JSON.stringify({ ...problem, detail: 'The address can not be read.' }))
}
