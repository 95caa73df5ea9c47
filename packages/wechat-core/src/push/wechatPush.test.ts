import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import { openStore } from '../stores/openStore.ts'
import { StoreError, type Store } from '../stores/store.ts'
import type { Wechat } from '../wechat.ts'
import { createPushCipher } from './cipher.ts'
import { onPush, type PushHandler } from './handlers.ts'
import { pushIdentity, toPush } from './push.ts'
import {
  ACCOUNT,
  plainDelivery,
  safeDelivery,
  serve,
  textMessage,
  type Callback,
} from './testing/pushSender.ts'
import type { Reply } from './reply.ts'
import { wechatPush, type PushEvent } from './wechatPush.ts'
import { readXml } from './xml.ts'

const LEASE_MARGIN = 1_500 // milliseconds, as in wechatPush.ts

let store: Store
let events: PushEvent[]
let sent: { path: string; body: unknown }[]
const open: Callback[] = []

beforeEach(() => {
  store = memoryStore()
  events = []
  sent = []
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((callback) => callback.close()))
  await store.close()
})

const api: Wechat['api'] = async ({ path, body, schema }) => {
  sent.push({ path, body })
  return schema.parse({ errcode: 0 })
}
function pushOf(
  handlers: PushHandler[],
  options: { encodingAesKey?: string; replyWithin?: number; store?: Store; now?: () => number } = {},
) {
  const wechat = { appId: ACCOUNT.appId, api }
  return wechatPush({
    wechat,
    store,
    token: ACCOUNT.token,
    handlers,
    onEvent: (event) => events.push(event),
    ...options,
  })
}
async function callbackOf(...args: Parameters<typeof pushOf>): Promise<Callback> {
  const callback = await serve(pushOf(...args))
  open.push(callback)
  return callback
}
const echo = onPush('message.text', ({ content }) => ({ msgType: 'text', content }))

describe('replies', () => {
  it('go back to the sender, in seconds, whatever is in them', async () => {
    const content = '微信 ]]> & <b> ]]>]]> 😀'
    const callback = await callbackOf([onPush('message.text', () => ({ msgType: 'text', content }))])
    const answer = await callback.deliver(plainDelivery(textMessage('x', '1')))
    expect(answer).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' })
    const fields = readXml(answer.text)
    expect(fields).toMatchObject({
      ToUserName: 'oKjX05aBcDeFgHiJkLmNoPqRsTuV',
      FromUserName: 'gh_4c1d9e7ab203',
      MsgType: 'text',
      Content: content,
    })
    expect(Math.abs(Number(fields['CreateTime']) - Date.now() / 1000)).toBeLessThan(10)
  })

  it('are encrypted and signed when the push was', async () => {
    const callback = await callbackOf([echo], { encodingAesKey: ACCOUNT.encodingAesKey })
    const { text } = await callback.deliver(safeDelivery(textMessage('secret', '1')))
    const { Encrypt, ...rest } = readXml(text)
    expect(Object.keys(rest).sort()).toEqual(['MsgSignature', 'Nonce', 'TimeStamp'])
    expect(readXml(createPushCipher(ACCOUNT).decrypt(String(Encrypt)))).toMatchObject({ Content: 'secret' })
  })

  it('characters that XML cannot hold are left out', async () => {
    const callback = await callbackOf([
      onPush('message.text', () => ({ msgType: 'text', content: 'a\u0000b\ud800c' })),
    ])
    const { text } = await callback.deliver(plainDelivery(textMessage('x', '1')))
    expect(readXml(text)['Content']).toBe('ab\ufffdc')
  })

  it('of several handlers the first reply counts, and all run', async () => {
    const ran: number[] = []
    const handlers = [1, 2, 3].map((n) =>
      onPush('message.text', () => {
        ran.push(n)
        return n > 1 ? { msgType: 'text', content: String(n) } : undefined
      }),
    )
    const callback = await callbackOf(handlers)
    const { text } = await callback.deliver(plainDelivery(textMessage('x', '1')))
    expect(readXml(text)['Content']).toBe('2')
    expect(ran).toEqual([1, 2, 3])
  })
})

describe('repeated deliveries', () => {
  it('get the same reply and run nothing', async () => {
    let ran = 0
    const callback = await callbackOf([
      onPush('message.text', () => ({ msgType: 'text', content: `run ${++ran}` })),
    ])
    const message = textMessage('x', '1')
    const answers = [
      await callback.deliver(plainDelivery(message)),
      await callback.deliver(plainDelivery(message)),
    ]
    expect(answers.map(({ text }) => readXml(text)['Content'])).toEqual(['run 1', 'run 1'])
    expect(events.map((event) => event.type === 'push' && event.outcome)).toEqual(['replied', 'repeated'])
  })

  it('at the same moment, at two servers on one file: once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'push-'))
    const stores = await Promise.all([1, 2].map(() => openStore(`sqlite:${join(folder, 'push.db')}`)))
    let ran = 0
    const slow = onPush('message.text', async () => {
      await sleep(50)
      return { msgType: 'text', content: `run ${++ran}` }
    })
    const servers = await Promise.all(stores.map((shared) => callbackOf([slow], { store: shared })))
    const message = textMessage('x', '1')
    const answers = await Promise.all(
      [...servers, ...servers].map((server) => server.deliver(plainDelivery(message))),
    )
    expect(answers.map(({ text }) => readXml(text)['Content'])).toEqual(Array(4).fill('run 1'))
    await Promise.all(stores.map((shared) => shared.close()))
    rmSync(folder, { recursive: true })
  })

  it('two events of one second are two when their keys differ', async () => {
    const clicked: string[] = []
    const callback = await callbackOf([onPush('event.CLICK', ({ eventKey }) => void clicked.push(eventKey))])
    const click = (key: string) =>
      textMessage('', '')
        .replace('<![CDATA[text]]>', '<![CDATA[event]]>')
        .replace('<MsgId></MsgId>', `<Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[${key}]]></EventKey>`)
    const createTime = Math.floor(Date.now() / 1000)
    const at = (key: string) => click(key).replace(/(?<=<CreateTime>)\d+/, String(createTime))
    for (const key of ['a', 'b', 'a']) await callback.deliver(plainDelivery(at(key)))
    expect(clicked).toEqual(['a', 'b'])
  })

  it('two notices to one person in one second are two', async () => {
    const heard: string[] = []
    const sent = onPush(
      'event.subscribe_msg_sent_event',
      (push) => void heard.push(push.sent[0]?.msgId ?? ''),
    )
    const callback = await callbackOf([sent])
    const notice = (msgId: string) =>
      textMessage('', '', 1_760_000_000)
        .replace('<![CDATA[text]]>', '<![CDATA[event]]>')
        .replace(
          '<MsgId></MsgId>',
          `<Event>subscribe_msg_sent_event</Event><SubscribeMsgSentEvent><List><MsgID>${msgId}</MsgID></List></SubscribeMsgSentEvent>`,
        )
    for (const msgId of ['1', '2', '1']) await callback.deliver(plainDelivery(notice(msgId)))
    expect(heard).toEqual(['1', '2'])
  })

  it.each([0, 100])('a process that died at work leaves it to the delivery %i ms later', async (later) => {
    const message = textMessage('x', '1')
    await store.set(markOf(message), 'busy:the mark of the dead', 50 + LEASE_MARGIN)
    await sleep(later)
    const next = await callbackOf([echo], { replyWithin: 50 })
    expect(readXml((await next.deliver(plainDelivery(message))).text)['Content']).toBe('x')
  })

  it('while a living process works on and on, WeChat is told nothing false', async () => {
    const message = textMessage('x', '1')
    await store.set(markOf(message), 'busy:the mark of the living', 60_000)
    const next = await callbackOf([echo], { replyWithin: 50 })
    expect((await next.deliver(plainDelivery(message))).status).toBe(503)
  })

  it('an answer that the store does not take is given all the same, and told of', async () => {
    const failing: Store = { ...store, replace: () => Promise.reject(new StoreError('away')) }
    const callback = await callbackOf([echo], { store: failing })
    expect(readXml((await callback.deliver(plainDelivery(textMessage('x', '1')))).text)['Content']).toBe('x')
    expect(events).toMatchObject([{ type: 'push_failed', step: 'remember' }, { outcome: 'replied' }])
  })

  // WeChat sorts what it signs: a nonce that looks like the present time can stand where the time stood.
  it('with timestamp and nonce in the other order, an hour later: nothing runs again', async () => {
    let time = Date.now()
    const now = () => time
    const seconds = Math.floor(time / 1000)
    let ran = 0
    const counting = onPush('message.text', () => ({ msgType: 'text', content: `run ${++ran}` }))
    const options = { encodingAesKey: ACCOUNT.encodingAesKey, store: memoryStore({ now }), now }
    const callback = await callbackOf([counting], options)
    const [timestamp, nonce] = [String(seconds), String(seconds + 3600)]
    const { query, body } = safeDelivery(textMessage('x', '1'), { timestamp, nonce })
    expect((await callback.deliver({ query, body })).status).toBe(200)
    time += 3_600_000
    const swapped = { ...query, timestamp: nonce, nonce: timestamp }
    expect((await callback.deliver({ query: swapped, body })).status).toBe(200)
    expect(ran).toBe(1)
    expect(events.map((event) => event.type === 'push' && event.outcome)).toEqual(['replied', 'repeated'])
  })

  it('what is remembered does not name the person', async () => {
    const message = textMessage('x', '1')
    await (await callbackOf([echo])).deliver(plainDelivery(message))
    expect(await store.get(markOf(message))).toBe('done:{"msgType":"text","content":"x"}')
  })
})

describe('handlers that take too long', () => {
  it('WeChat gets "success" in time, and the reply follows as a customer-service message', async () => {
    const push = pushOf(
      [
        onPush('message.text', async () => {
          await sleep(200)
          return { msgType: 'text', content: 'late' }
        }),
      ],
      { replyWithin: 50 },
    )
    const callback = await serve(push)
    open.push(callback)
    expect(await callback.deliver(plainDelivery(textMessage('x', '1')))).toMatchObject({ text: 'success' })
    expect(sent).toEqual([])
    await push.settled()
    expect(sent).toEqual([
      {
        path: '/cgi-bin/message/custom/send',
        body: { touser: 'oKjX05aBcDeFgHiJkLmNoPqRsTuV', msgtype: 'text', text: { content: 'late' } },
      },
    ])
    expect(events).toMatchObject([{ type: 'push', outcome: 'late' }])
  })
})

describe('handlers that fail', () => {
  it('are told of, and WeChat does not ask again', async () => {
    const broken = onPush('message.text', () => {
      throw new Error('database away')
    })
    const callback = await callbackOf([broken, echo])
    const { status, text } = await callback.deliver(plainDelivery(textMessage('x', '1')))
    expect([status, readXml(text)['Content']]).toEqual([200, 'x'])
    expect(events).toContainEqual({
      type: 'push_failed',
      kind: 'message.text',
      step: 'handler',
      error: new Error('database away'),
    })
  })
})

describe('replies that are none', () => {
  const replyOf = (reply: unknown) => onPush('message.text', () => reply as Reply)
  it.each([
    ['a text that is a number', { msgType: 'text', content: 5 }],
    ['an empty text', { msgType: 'text', content: '' }],
    ['news without articles', { msgType: 'news' }],
    ['no articles', { msgType: 'news', articles: [] }],
    ['a type that does not exist', { msgType: 'wxcard', cardId: '1' }],
    ['a string', 'hello'],
  ])('%s: told of, and WeChat hears "success"', async (_name, reply) => {
    const callback = await callbackOf([replyOf(reply)])
    const answer = await callback.deliver(plainDelivery(textMessage('x', '1')))
    expect(answer).toMatchObject({ status: 200, text: 'success' })
    if (typeof reply === 'object') expect(events).toMatchObject([{ step: 'handler' }, { outcome: 'silent' }])
  })
})

describe('late replies', () => {
  const lateWith = async (reply: Reply) => {
    const slow = onPush('message.text', async () => {
      await sleep(60)
      return reply
    })
    const push = pushOf([slow], { replyWithin: 10 })
    const callback = await serve(push)
    open.push(callback)
    await callback.deliver(plainDelivery(textMessage('x', '1')))
    await push.settled()
    return sent[0]?.body
  }
  const article = { title: 't', description: 'd', picUrl: 'p', url: 'u' }
  const touser = 'oKjX05aBcDeFgHiJkLmNoPqRsTuV'

  it.each<[Reply, object]>([
    [
      { msgType: 'image', mediaId: 'm' },
      { msgtype: 'image', image: { media_id: 'm' } },
    ],
    [
      { msgType: 'voice', mediaId: 'm' },
      { msgtype: 'voice', voice: { media_id: 'm' } },
    ],
    [
      { msgType: 'video', mediaId: 'm', thumbMediaId: 'n', title: 't' },
      { msgtype: 'video', video: { media_id: 'm', thumb_media_id: 'n', title: 't' } },
    ],
    [
      { msgType: 'music', thumbMediaId: 'n', musicUrl: 'u', hqMusicUrl: 'h' },
      { msgtype: 'music', music: { thumb_media_id: 'n', musicurl: 'u', hqmusicurl: 'h' } },
    ],
    [
      { msgType: 'news', articles: [article, article] },
      { msgtype: 'news', news: { articles: [{ title: 't', description: 'd', picurl: 'p', url: 'u' }] } },
    ],
  ])('%j', async (reply, body) => expect(await lateWith(reply)).toEqual({ touser, ...body }))

  it('a transfer cannot be late, which is told of', async () => {
    expect(await lateWith({ msgType: 'transfer_customer_service' })).toBeUndefined()
    expect(events).toContainEqual(expect.objectContaining({ type: 'push_failed', step: 'late_reply' }))
  })
})

it('settled waits for a push whose sender has left', async () => {
  let ended = false
  let begin: (value?: unknown) => void = () => undefined
  const begun = new Promise((done) => (begin = done))
  const slow = onPush('message.text', async () => {
    begin()
    await sleep(150)
    ended = true
  })
  const push = pushOf([slow])
  const callback = await serve(push)
  const left = callback.deliver(plainDelivery(textMessage('x', '1'))).catch(() => 'left')
  await begun
  await callback.close()
  await push.settled()
  expect([await left, ended]).toEqual(['left', true])
})

it('a store that is away is 503', async () => {
  const away: Store = { ...store, add: () => Promise.reject(new StoreError('away')) }
  const callback = await callbackOf([echo], { store: away })
  expect(await callback.deliver(plainDelivery(textMessage('x', '1')))).toMatchObject({
    status: 503,
    text: expect.stringContaining('store_unavailable'),
  })
})

describe('in an Express app', () => {
  it('the example of the docs works', async () => {
    const app = express().disable('x-powered-by')
    app.all('/api/wechat', pushOf([echo]))
    const callback = await serve(Object.assign(app, { settled: async () => undefined }))
    open.push(callback)
    expect(readXml((await callback.deliver(plainDelivery(textMessage('hi', '1')))).text)['Content']).toBe(
      'hi',
    )
  })

  it('behind a body parser it says what to do', async () => {
    const told: unknown[] = []
    const app = express()
      .disable('x-powered-by')
      .use(express.text({ type: () => true }))
    app.all('/api/wechat', pushOf([echo]))
    app.use(((error, _req, res, _next) => {
      told.push(error)
      res.status(500).end()
    }) satisfies express.ErrorRequestHandler)
    const callback = await serve(Object.assign(app, { settled: async () => undefined }))
    open.push(callback)
    expect((await callback.deliver(plainDelivery(textMessage('hi', '1')))).status).toBe(500)
    expect(told).toEqual([expect.objectContaining({ message: expect.stringMatching(/before body parsers/) })])
  })
})

// Where the store keeps what became of this message.
function markOf(message: string): string {
  const identity = pushIdentity(toPush(readXml(message)))
  return `push:${ACCOUNT.appId}:${hash('sha256', identity, 'base64url')}`
}
