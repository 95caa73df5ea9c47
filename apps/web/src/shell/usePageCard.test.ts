import { effectScope, nextTick, ref } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import type { ShareCard } from '@/wechat/shareCard'
import type { ShareStatus } from '@/wechat/useWechatShare'
import { WechatError } from '@/wechat/wechatError'

const status = ref<ShareStatus>('pending')
const error = ref<WechatError>()
/** What WeChat would be given now. */
let shared: () => ShareCard | undefined
vi.mock('@/wechat/useWechatShare', () => ({
  useWechatShare(card: () => ShareCard | undefined) {
    shared = card
    return { status, error }
  },
}))
vi.stubGlobal('navigator', { language: 'en-GB' })
const { siteCard } = await import('./siteCard')
const { usePageCard } = await import('./usePageCard')

const first: ShareCard = { title: 'T', desc: 'D', imgUrl: '/a.jpg', link: '/a' }
beforeEach(() => {
  status.value = 'pending'
  error.value = undefined
})
const use = (card: () => ShareCard | undefined) => {
  const page = effectScope().run(() => usePageCard(card))
  if (!page) throw new Error('the scope is over')
  return page
}

it('is the card of the page, and nothing while that is unknown', () => {
  const card = ref<ShareCard>()
  use(() => card.value)
  expect(shared()).toBeUndefined()
  card.value = first
  expect(shared()).toEqual(first)
})

it.each(['card_refused', 'card_incomplete'] as const)(
  'a card that is of no use gives way to the site’s; the page goes on saying why: %s',
  async (code) => {
    const card = ref<ShareCard>({ ...first, link: 'https://other.example' })
    const page = use(() => card.value)
    status.value = 'failed'
    error.value = new WechatError(code, 'link must be in js secure domain list')
    expect(shared()).toEqual(siteCard)
    // The site's card is taken.
    error.value = undefined
    status.value = 'ready'
    expect([page.status.value, page.error.value?.code]).toEqual(['failed', code])

    card.value = first
    await nextTick()
    expect(shared()).toEqual(first)
    expect([page.status.value, page.error.value]).toEqual(['ready', undefined])
  },
)

it('what fails for another reason is tried again by itself', () => {
  const page = use(() => first)
  status.value = 'failed'
  error.value = new WechatError('no_answer', 'WeChat did not answer')
  expect(shared()).toEqual(first)
  expect(page.error.value?.code).toBe('no_answer')
})
