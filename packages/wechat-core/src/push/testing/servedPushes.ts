import { afterEach, beforeEach } from 'vitest'
import { memoryStore } from '../../stores/memory.ts'
import type { Store } from '../../stores/store.ts'
import type { Wechat } from '../../wechat.ts'
import { onPush, type PushHandler } from '../handlers.ts'
import { wechatPush, type PushEvent, type WechatPush } from '../wechatPush.ts'
import { ACCOUNT, serve, type Callback } from './pushSender.ts'

/** Answers a text with the same text. */
export const echo = onPush('message.text', ({ content }) => ({ msgType: 'text', content }))

interface Settings {
  encodingAesKey?: string
  replyWithin?: number
  /** Default: one in memory, anew for each test. */
  store?: Store
  now?: () => number
}

/** Callback addresses that are closed after each test of the file, and what comes of what they are sent. */
export function servedPushes() {
  let store: Store
  const events: PushEvent[] = []
  const sent: { path: string; body: unknown }[] = []
  const open: Callback[] = []
  beforeEach(() => {
    store = memoryStore()
    events.length = sent.length = 0
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((callback) => callback.close()))
    await store.close()
  })

  const api: Wechat['api'] = async ({ path, body, schema }) => {
    sent.push({ path, body })
    return schema.parse({ errcode: 0 })
  }
  function pushOf(handlers: PushHandler[], settings: Settings = {}): WechatPush {
    const { appId, token } = ACCOUNT
    const onEvent = (event: PushEvent) => events.push(event)
    return wechatPush({ wechat: { appId, api }, store, token, handlers, onEvent, ...settings })
  }
  async function served(push: WechatPush): Promise<Callback> {
    const callback = await serve(push)
    open.push(callback)
    return callback
  }

  return {
    get store() {
      return store
    },
    /** What was told of pushes. */
    events,
    /** What WeChat's API was asked. */
    sent,
    pushOf,
    served,
    callbackOf: (...args: Parameters<typeof pushOf>) => served(pushOf(...args)),
  }
}
