import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from '../stores/store.ts'
import type { Wechat } from '../wechat.ts'
import { sendCustomMessage } from './customMessage.ts'
import { runHandlers, type PushHandler } from './handlers.ts'
import { createOnce } from './once.ts'
import { pushIdentity, type Push, type PushKind } from './push.ts'
import { createPushDoor } from './pushDoor.ts'
import { PushError } from './pushError.ts'
import { readBody, readQuery } from './readRequest.ts'
import { writeReply, type Reply } from './reply.ts'

export interface WechatPushOptions {
  wechat: Pick<Wechat, 'appId' | 'api'>
  /** Where answers are remembered, so that a repeated delivery runs nothing twice. */
  store: Store
  /** The Token of the server configuration. */
  token: string
  encodingAesKey?: string | undefined
  mode?: 'safe' | 'compatible' | undefined
  handlers: readonly PushHandler[]
  onEvent?: (event: PushEvent) => void
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
  /** How long handlers may take before WeChat is told "success" without them, in milliseconds. Default 4,000. */
  patience?: number
}

/** `silent`: no handler had a reply. `late`: none had one in time; it follows as a customer-service message. */
type Outcome = 'replied' | 'silent' | 'late' | 'repeated'

/** What happened to a push. Holds neither openid nor content, so it may be logged and counted. */
export type PushEvent =
  | { type: 'push'; kind: PushKind; outcome: Outcome; ms: number }
  /** A handler failed, or the reply of a late one could not be sent. WeChat is told "success" all the same. */
  | { type: 'push_failed'; kind: PushKind; step: 'handler' | 'late_reply'; error: unknown }

/** A listener for Node's server and a handler for Express and its like. */
export interface WechatPush {
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void
  /** Resolves when handlers that WeChat no longer waits for have ended. */
  settled(): Promise<void>
}

const SUCCESS = 'success'
// A captured push stays fresh for ten minutes before and after its time: remembered as long, it runs nothing again.
const REMEMBER = 1_200_000
const LEASE_MARGIN = 1_500 // milliseconds

/**
 * The callback address of an Official Account: answers the console's check (GET) and takes what WeChat sends (POST).
 * Mount it before body parsers. Refusals go to `next` as a {@link PushError}, which has a `status`, or are answered.
 *
 * @example app.all('/api/wechat', wechatPush({ wechat, store, token, handlers: [onPush('message.text', echo)] }))
 */
export function wechatPush(options: WechatPushOptions): WechatPush {
  const { wechat, store, handlers, onEvent = () => undefined, now = Date.now, patience = 4_000 } = options
  const door = createPushDoor({ ...options, appId: wechat.appId, now })
  const once = createOnce({
    store,
    prefix: `push:${wechat.appId}`,
    remember: REMEMBER,
    lease: patience + LEASE_MARGIN,
  })
  const late = new Set<Promise<unknown>>()

  async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const startedAt = performance.now()
    const { push, encrypted } = door.open(readQuery(req), await readBody(req))
    let outcome: Outcome = 'repeated'
    const reply = await once(pushIdentity(push), async () => {
      const answer = await answerInTime(push, startedAt)
      outcome = answer === 'late' ? 'late' : answer ? 'replied' : 'silent'
      return typeof answer === 'object' ? writeReply(answer, push, now()) : SUCCESS
    })
    onEvent({ type: 'push', kind: push.kind, outcome, ms: performance.now() - startedAt })
    if (reply === undefined || reply === SUCCESS) send(res, 'text/plain', SUCCESS)
    else send(res, 'application/xml', encrypted ? door.seal(reply) : reply)
  }

  async function answerInTime(push: Push, startedAt: number): Promise<Reply | undefined | 'late'> {
    const fail = (step: 'handler' | 'late_reply') => (error: unknown) =>
      onEvent({ type: 'push_failed', kind: push.kind, step, error })
    const working = runHandlers(handlers, push, fail('handler'))
    let timer: NodeJS.Timeout | undefined
    const left = Math.max(0, patience - (performance.now() - startedAt))
    const timeIsUp = new Promise<'late'>((done) => (timer = setTimeout(done, left, 'late')))
    const answer = await Promise.race([working, timeIsUp])
    clearTimeout(timer)
    if (answer === 'late') {
      const sending = working
        .then((reply) => reply && sendCustomMessage(wechat, push.fromUserName, reply))
        .catch(fail('late_reply'))
        .finally(() => late.delete(sending))
      late.add(sending)
    }
    return answer
  }

  function receive(req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void {
    const fail = next ?? ((error?: unknown) => refuse(res, error))
    if (req.method === 'POST') take(req, res).catch(fail)
    else if (req.method === 'GET') {
      try {
        send(res, 'text/plain', door.verifyUrl(readQuery(req)))
      } catch (error) {
        fail(error)
      }
    } else if (next) next()
    else res.writeHead(405, { allow: 'GET, POST' }).end()
  }

  return Object.assign(receive, {
    async settled() {
      await Promise.all(late)
    },
  })
}

function send(res: ServerResponse, type: string, text: string): void {
  res
    .writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-length': Buffer.byteLength(text),
      'x-content-type-options': 'nosniff',
    })
    .end(text)
}

function refuse(res: ServerResponse, error: unknown): void {
  const [status, code] = error instanceof PushError ? [error.status, error.code] : [500, 'internal_error']
  res.writeHead(status, { 'content-type': 'application/problem+json' })
  res.end(JSON.stringify({ type: 'about:blank', title: code, status, code }))
}
