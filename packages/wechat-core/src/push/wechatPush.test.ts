import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { StoreError, type Store } from '../stores/store.ts'
import { createPushCipher } from './cipher.ts'
import { onPush } from './handlers.ts'
import type { Reply } from './reply.ts'
import { ACCOUNT, plainDelivery, safeDelivery, textMessage, serve } from './testing/pushSender.ts'
import { echo, servedPushes } from './testing/servedPushes.ts'
import { readXml } from './xml.ts'

const pushes = servedPushes()
const { events, pushOf, served, callbackOf } = pushes

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
  const away: Store = { ...pushes.store, add: () => Promise.reject(new StoreError('away')) }
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
    const callback = await served(Object.assign(app, { settled: async () => undefined }))
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
    const callback = await served(Object.assign(app, { settled: async () => undefined }))
    expect((await callback.deliver(plainDelivery(textMessage('hi', '1')))).status).toBe(500)
    expect(told).toEqual([expect.objectContaining({ message: expect.stringMatching(/before body parsers/) })])
  })
})
