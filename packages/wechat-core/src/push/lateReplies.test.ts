import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { onPush } from './handlers.ts'
import type { Reply } from './reply.ts'
import { plainDelivery, textMessage } from './testing/pushSender.ts'
import { servedPushes } from './testing/servedPushes.ts'

const { events, sent, pushOf, served } = servedPushes()

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
    const callback = await served(push)
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

describe('late replies', () => {
  const lateWith = async (reply: Reply) => {
    const slow = onPush('message.text', async () => {
      await sleep(60)
      return reply
    })
    const push = pushOf([slow], { replyWithin: 10 })
    const callback = await served(push)
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
