import { effectScope, nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import type { Jssdk } from './jssdk'
import type { ShareCard } from './shareCard'
import type { Shared } from './sharing'
import { useWechatShare } from './useWechatShare'
import { WechatError } from './wechatError'

const card: ShareCard = { title: 'T', desc: 'D', imgUrl: '/a.jpg' }

/** A JS-SDK that answers when the test says so. */
function jssdkByHand(inWechat = true) {
  const calls: {
    card: ShareCard
    done: (shared: Shared | undefined) => void
    fail: (error: Error) => void
  }[] = []
  const jssdk: Pick<Jssdk, 'environment' | 'share'> = {
    environment: { inWechat, platform: 'ios', version: '8.0.60' },
    share: (shared) => new Promise((done, fail) => calls.push({ card: shared, done, fail })),
  }
  return { jssdk: jssdk as Jssdk, calls }
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
  calls[0]?.done('set')
  await settle()
  expect(status.value).toBe('ready')
})

it('says what failed', async () => {
  const { jssdk, calls } = jssdkByHand()
  const { status, error } = useWechatShare(card, { jssdk })
  calls[0]?.fail(new WechatError('config_refused', 'config:invalid signature'))
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
  calls[0]?.done('set')
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
  calls[0]?.fail(new WechatError('config_refused', 'old'))
  await settle()
  expect(status.value).toBe('pending')
  calls[1]?.done('set')
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
  calls[0]?.done('set')
  await settle()
  expect(calls).toHaveLength(1)
  expect(share?.status.value).toBe('pending')
})

it('sets the card again when the page comes back, and goes on saying ready meanwhile', async () => {
  const { jssdk, calls } = jssdkByHand()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = Object.assign(new EventTarget(), { document })
  const scope = effectScope()
  const share = scope.run(() => useWechatShare(card, { jssdk, window: window as unknown as Window }))
  calls[0]?.done('set')
  await settle()
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(calls).toHaveLength(1)
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  expect([calls.length, share?.status.value]).toEqual([2, 'ready'])
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  expect(calls).toHaveLength(3)
  scope.stop()
  document.dispatchEvent(new Event('visibilitychange'))
  expect(calls).toHaveLength(3)
})

it('says when only the old way was left', async () => {
  const { jssdk, calls } = jssdkByHand()
  const { status } = useWechatShare(card, { jssdk })
  calls[0]?.done('legacy')
  await settle()
  expect(status.value).toBe('legacy')
})
