import { effectScope, nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import type { Jssdk } from './jssdk'
import type { ShareCard } from './shareCard'
import { ShareError } from './shareError'
import { useWechatShare } from './useWechatShare'

const card: ShareCard = { title: 'T', desc: 'D', imgUrl: '/a.jpg' }

/** A JS-SDK that answers when the test says so. */
function jssdkByHand(inWechat = true) {
  const calls: { card: ShareCard; done: (shared: boolean) => void; fail: (error: Error) => void }[] = []
  const jssdk: Jssdk = {
    environment: { inWechat, platform: 'ios' },
    share: (shared) => new Promise((done, fail) => calls.push({ card: shared, done, fail })),
  }
  return { jssdk, calls }
}
const settle = async () => {
  for (let i = 0; i < 5; i++) await nextTick()
}

it('outside WeChat it is settled at once and asks nothing', () => {
  const { jssdk, calls } = jssdkByHand(false)
  const { status, error } = useWechatShare(card, { jssdk })
  expect([status.value, error.value, calls.length]).toEqual(['outside', undefined, 0])
})

it('is ready when WeChat has stored the card, not before', async () => {
  const { jssdk, calls } = jssdkByHand()
  const { status } = useWechatShare(card, { jssdk })
  expect(status.value).toBe('pending')
  calls[0]?.done(true)
  await settle()
  expect(status.value).toBe('ready')
})

it('says what failed', async () => {
  const { jssdk, calls } = jssdkByHand()
  const { status, error } = useWechatShare(card, { jssdk })
  calls[0]?.fail(new ShareError('config_refused', 'config:invalid signature'))
  await settle()
  expect(status.value).toBe('failed')
  expect(error.value).toMatchObject({ code: 'config_refused', message: 'config:invalid signature' })
})

it('waits for a card that is not known yet, and follows its changes', async () => {
  const { jssdk, calls } = jssdkByHand()
  const source = ref<ShareCard>()
  const { status } = useWechatShare(source, { jssdk })
  expect([status.value, calls.length]).toEqual(['pending', 0])
  source.value = { ...card }
  await settle()
  calls[0]?.done(true)
  await settle()
  source.value.title = 'changed'
  await settle()
  expect(status.value).toBe('pending')
  expect(calls[1]?.card.title).toBe('changed')
})

it('an answer that comes late, after the next card, changes nothing', async () => {
  const { jssdk, calls } = jssdkByHand()
  const source = ref(card)
  const { status } = useWechatShare(source, { jssdk })
  source.value = { ...card, title: 'next' }
  await settle()
  calls[0]?.fail(new ShareError('config_refused', 'old'))
  await settle()
  expect(status.value).toBe('pending')
  calls[1]?.done(true)
  await settle()
  expect(status.value).toBe('ready')
})

it('ends with its scope', async () => {
  const { jssdk, calls } = jssdkByHand()
  const source = ref(card)
  const scope = effectScope()
  const share = scope.run(() => useWechatShare(source, { jssdk }))
  scope.stop()
  source.value = { ...card, title: 'next' }
  calls[0]?.done(true)
  await settle()
  expect(calls).toHaveLength(1)
  expect(share?.status.value).toBe('pending')
})
