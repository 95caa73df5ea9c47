import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../stores/memory.ts'
import { openStore } from '../stores/openStore.ts'
import { StoreError, type Store } from '../stores/store.ts'
import { onPush } from './handlers.ts'
import { pushIdentity, toPush } from './push.ts'
import { ACCOUNT, plainDelivery, safeDelivery, textMessage } from './testing/pushSender.ts'
import { echo, servedPushes } from './testing/servedPushes.ts'
import { readXml } from './xml.ts'

const LEASE_MARGIN = 1_500 // milliseconds, as in wechatPush.ts

const pushes = servedPushes()
const { events, callbackOf } = pushes

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
    await pushes.store.set(markOf(message), 'busy:the mark of the dead', 50 + LEASE_MARGIN)
    await sleep(later)
    const next = await callbackOf([echo], { replyWithin: 50 })
    expect(readXml((await next.deliver(plainDelivery(message))).text)['Content']).toBe('x')
  })

  it('while a living process works on and on, WeChat is told nothing false', async () => {
    const message = textMessage('x', '1')
    await pushes.store.set(markOf(message), 'busy:the mark of the living', 60_000)
    const next = await callbackOf([echo], { replyWithin: 50 })
    expect((await next.deliver(plainDelivery(message))).status).toBe(503)
  })

  it('an answer that the store does not take is given all the same, and told of', async () => {
    const failing: Store = { ...pushes.store, replace: () => Promise.reject(new StoreError('away')) }
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
    expect(await pushes.store.get(markOf(message))).toBe('done:{"msgType":"text","content":"x"}')
  })
})

// Where the store keeps what became of this message.
function markOf(message: string): string {
  const identity = pushIdentity(toPush(readXml(message)))
  return `push:${ACCOUNT.appId}:${hash('sha256', identity, 'base64url')}`
}
