import type { IncomingMessage, ServerResponse } from 'node:http'
import { isStoreFailure, type Store } from '../stores/store.ts'
import type { Wechat } from '../wechat.ts'
import { sendCustomMessage } from '../api/customMessage.ts'
import { runHandlers, type PushHandler } from './handlers.ts'
import { createIdempotency } from './idempotency.ts'
import { pushIdentity, type Push, type PushKind } from './push.ts'
import { createCallbackReceiver } from './callbackReceiver.ts'
import { PushError } from './pushError.ts'
import { readBody, readQuery } from './readRequest.ts'
import { replySchema, writeReply, type Reply } from './reply.ts'

export interface WechatPushOptions {
  wechat: Pick<Wechat, 'appId' | 'api'>
  /** Where answers are remembered, so that a repeated delivery runs nothing twice. */
  store: Store
  /** The Token of the server configuration. */
  token: string
  encodingAesKey?: string | undefined
  mode?: 'safe' | 'compatible' | undefined
  handlers: readonly PushHandler[]
  /** Told of every push. It must not throw. */
  onEvent?: (event: PushEvent) => void
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
  /** How long handlers may take before WeChat is told "success" without them, in milliseconds. Default 4,000. */
  replyWithin?: number
}

/** `silent`: no handler had a reply. `late`: none had one in time; it follows as a customer-service message. */
type Outcome = 'replied' | 'silent' | 'late' | 'repeated'

/** What happened to a push. Holds neither openid nor content, so it may be logged and counted. */
export type PushEvent =
  | { type: 'push'; kind: PushKind; outcome: Outcome; ms: number }
  /**
   * A handler failed or gave what is no reply (`handler`), the reply of a late one could not be sent (`late_reply`), or
   * the store did not take the answer, so that a repetition may run again (`remember`). WeChat is answered all the same.
   */
  | { type: 'push_failed'; kind: PushKind; step: 'handler' | 'late_reply' | 'remember'; error: unknown }

/** A listener for Node's server and a handler for Express and its like. */
export interface WechatPush {
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void
  /** Resolves when no push is being worked on, also those that WeChat no longer waits for. */
  settled(): Promise<void>
}

const SUCCESS = 'success'
// WeChat repeats a push within seconds. What was captured is remembered for as long as it would be let in again, so that
// it runs nothing; but not for the years after which the nonce of a few will look like the present time.
const REMEMBER_AT_LEAST = 1_200_000
const REMEMBER_AT_MOST = 30 * 86_400_000
const LEASE_MARGIN = 1_500 // milliseconds

const rememberFor = (fresh: number): number =>
  fresh > REMEMBER_AT_MOST ? REMEMBER_AT_LEAST : Math.max(fresh, REMEMBER_AT_LEAST)

/**
 * The callback address of an Official Account: answers the console's check (GET) and takes what WeChat sends (POST).
 * Mount it before body parsers. Refusals go to `next` as a {@link PushError}, which has a `status`, or are answered.
 *
 * @example app.all('/api/wechat', wechatPush({ wechat, store, token, handlers: [onPush('message.text', echo)] }))
 */
export function wechatPush(options: WechatPushOptions): WechatPush {
  const { wechat, store, handlers, onEvent = () => undefined, now = Date.now, replyWithin = 4_000 } = options
  const receiver = createCallbackReceiver({ ...options, appId: wechat.appId, now })
  const runOnce = createIdempotency({
    store,
    prefix: `push:${wechat.appId}`,
    lease: replyWithin + LEASE_MARGIN,
  })
  const running = new Set<Promise<unknown>>()

  async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const startedAt = performance.now()
    const { freshUntil, open } = receiver.admit(readQuery(req))
    const { push, encrypted } = open(await readBody(req))
    const { kind } = push
    const fail = (step: 'handler' | 'late_reply' | 'remember') => (error: unknown) =>
      onEvent({ type: 'push_failed', kind, step, error })
    let outcome: Outcome = 'repeated'
    // Without sender and receiver: what is remembered about a person should not outlive them here.
    const answer = await runOnce(
      pushIdentity(push),
      rememberFor(freshUntil - now()),
      async () => {
        const reply = await answerInTime(push, replyWithin - (performance.now() - startedAt), fail)
        outcome = reply === 'late' ? 'late' : reply ? 'replied' : 'silent'
        return typeof reply === 'object' ? JSON.stringify(reply) : ''
      },
      fail('remember'),
    )
    onEvent({ type: 'push', kind, outcome, ms: performance.now() - startedAt })
    if (answer === undefined) throw new PushError('busy', 'Another process is at this push.')
    if (answer === '') return send(res, 'text/plain', SUCCESS)
    const xml = writeReply(replySchema.parse(JSON.parse(answer)), push, now())
    send(res, 'application/xml', encrypted ? receiver.encryptReply(xml) : xml)
  }

  async function answerInTime(
    push: Push,
    left: number,
    fail: (step: 'handler' | 'late_reply') => (error: unknown) => void,
  ): Promise<Reply | undefined | 'late'> {
    const working = runHandlers(handlers, push, fail('handler'))
      .then((reply) => replySchema.optional().parse(reply))
      .catch((error: unknown) => void fail('handler')(error))
    let timer: NodeJS.Timeout | undefined
    const timeIsUp = new Promise<'late'>((done) => (timer = setTimeout(done, Math.max(0, left), 'late')))
    const answer = await Promise.race([working, timeIsUp])
    clearTimeout(timer)
    if (answer === 'late') {
      const sending = working.then((reply) => reply && sendCustomMessage(wechat, push.fromUserName, reply))
      keepUntilSettled(sending.catch(fail('late_reply')))
    }
    return answer ?? undefined
  }

  function keepUntilSettled(work: Promise<unknown>): void {
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  function receive(req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void {
    const fail = next ?? ((error?: unknown) => refuse(res, error))
    if (req.method === 'POST') keepUntilSettled(take(req, res).catch(fail))
    else if (req.method === 'GET') {
      try {
        send(res, 'text/plain', receiver.verifyUrl(readQuery(req)))
      } catch (error) {
        fail(error)
      }
    } else res.writeHead(405, { allow: 'GET, POST' }).end()
  }

  return Object.assign(receive, {
    async settled() {
      while (running.size > 0) await Promise.all(running)
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

// Where nobody else answers errors.
function refuse(res: ServerResponse, error: unknown): void {
  if (res.headersSent) return
  const { status, code, detail, hint } =
    error instanceof PushError
      ? { ...error, detail: error.message }
      : isStoreFailure(error)
        ? { status: 503, code: 'store_unavailable', detail: 'The store does not answer.' }
        : { status: 500, code: 'internal_error', detail: 'Something went wrong on this server.' }
  res.writeHead(status, { 'content-type': 'application/problem+json' })
  res.end(JSON.stringify({ type: 'about:blank', title: 'Push rejected', status, detail, code, hint }))
}
