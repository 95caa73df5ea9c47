import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakePage, IOS, type FakeWx } from '../fakeWx.ts'
import { useOpenTag } from './useOpenTag.ts'

let page: FakePage
let wx: FakeWx
let document: EventTarget
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
  document = new EventTarget()
})
const use = (userAgent: string) => useOpenTag('wx-open-subscribe', { jssdk: page.open(userAgent), document })
const isConfigured = () => vi.waitFor(() => expect(wx.configs).toHaveLength(1), 3000)

it('is drawn when the element says so, under the config that asks for it', async () => {
  const { status, ready } = use(IOS)
  await isConfigured()
  expect(wx.configs[0]?.openTagList).toEqual(['wx-open-subscribe'])
  expect(status.value).toBe('pending')
  ready()
  expect(status.value).toBe('drawn')
})

describe('an element that is never drawn, though the config was good', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('gives way to the fallback', async () => {
    const { status, reason } = use(IOS)
    await vi.advanceTimersByTimeAsync(2000)
    expect(status.value).toBe('pending')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([status.value, reason.value]).toEqual(['unsupported', 'WeChat did not draw wx-open-subscribe'])
  })

  it('and one that is drawn stays', async () => {
    const { status, ready } = use(IOS)
    await vi.advanceTimersByTimeAsync(2000)
    ready()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(status.value).toBe('drawn')
  })
})

it.each([
  ['outside WeChat', 'Mozilla/5.0 (iPhone) Safari'],
  ['in WeChat before 7.0.12', 'Mozilla/5.0 (iPhone) MicroMessenger/7.0.9'],
  ['in a mini program', 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.60 miniProgram/wx0123456789abcdef'],
])('%s it is unsupported at once, and asks nothing', async (_case, userAgent) => {
  const { status } = use(userAgent)
  expect(status.value).toBe('unsupported')
  await nextTick()
  expect(wx.configs).toEqual([])
})

it('a refused config shows the fallback, and why', async () => {
  wx.answerConfig = () => 'config:invalid signature'
  const { status, reason } = use(IOS)
  await vi.waitFor(() => expect(status.value).toBe('unsupported'), 3000)
  expect(reason.value).toBe('config:invalid signature')
})

it('WeChat may say later that tags cannot work', async () => {
  const { status, reason, ready } = use(IOS)
  await isConfigured()
  ready()
  const detail = { errMsg: 'system not support' }
  document.dispatchEvent(Object.assign(new Event('WeixinOpenTagsError'), { detail }))
  expect([status.value, reason.value]).toEqual(['unsupported', 'system not support'])
})

it('so may the element itself', async () => {
  const { status, reason, ready, fail } = use(IOS)
  await isConfigured()
  ready()
  fail(Object.assign(new Event('error'), { detail: { errMsg: 'launch:fail' } }))
  expect([status.value, reason.value]).toEqual(['unsupported', 'launch:fail'])
})
