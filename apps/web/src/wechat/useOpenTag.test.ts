import { nextTick } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { FakePage, IOS, type FakeWx } from './fakeWx'
import { useOpenTag } from './useOpenTag'

let page: FakePage
let wx: FakeWx
let document: EventTarget
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
  document = new EventTarget()
})
const use = (userAgent: string) => useOpenTag('wx-open-subscribe', { jssdk: page.open(userAgent), document })
const isDrawn = (status: { value: string }) => vi.waitFor(() => expect(status.value).toBe('drawn'), 3000)

it('is drawn when WeChat has taken the config that asks for it', async () => {
  const { status } = use(IOS)
  expect(status.value).toBe('pending')
  await isDrawn(status)
  expect(wx.configs[0]?.openTagList).toEqual(['wx-open-subscribe'])
})

it.each([
  ['outside WeChat', 'Mozilla/5.0 (iPhone) Safari'],
  ['in WeChat before 7.0.12', 'Mozilla/5.0 (iPhone) MicroMessenger/7.0.9'],
])('%s it is unsupported at once, and asks nothing', async (_case, userAgent) => {
  const { status } = use(userAgent)
  expect(status.value).toBe('unsupported')
  await nextTick()
  expect(wx.configs).toEqual([])
})

it('a refused config shows the fallback, and why', async () => {
  wx.verdict = () => 'config:invalid signature'
  const { status, reason } = use(IOS)
  await vi.waitFor(() => expect(status.value).toBe('unsupported'), 3000)
  expect(reason.value).toBe('config:invalid signature')
})

it('WeChat may say later that tags can not work', async () => {
  const { status, reason } = use(IOS)
  await isDrawn(status)
  const detail = { errMsg: 'system not support' }
  document.dispatchEvent(Object.assign(new Event('WeixinOpenTagsError'), { detail }))
  expect([status.value, reason.value]).toEqual(['unsupported', 'system not support'])
})

it('so may the element itself', async () => {
  const { status, reason, fail } = use(IOS)
  await isDrawn(status)
  fail(Object.assign(new Event('error'), { detail: { errMsg: 'launch:fail' } }))
  expect([status.value, reason.value]).toEqual(['unsupported', 'launch:fail'])
})
