// What comes after the time limit counts: the card is set when WeChat, or the network, is there after all.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ANDROID, ARTICLE, card, ENTRY, FakePage, IOS, signature, type FakeWx } from './fakeWx.ts'
import type { Jssdk, JssdkOptions } from './jssdk.ts'

let page: FakePage
let wx: FakeWx
let heard: string[]
beforeEach(() => {
  vi.useFakeTimers()
  page = new FakePage()
  ;({ wx } = page)
  heard = []
})
afterEach(() => void vi.useRealTimers())
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

function claim(userAgent: string, change: Partial<JssdkOptions> = {}) {
  const jssdk: Jssdk = page.open(userAgent, { timeout: 8000, scriptTimeout: 4000, ...change })
  const claimed = jssdk.claimCard((status, error) => heard.push(error ? `${status} ${error.code}` : status))
  claimed.want(card)
  return claimed
}

it.each([
  ['iOS', IOS],
  ['Android', ANDROID],
])('a bridge that comes after 12 s: %s', async (_name, userAgent) => {
  page.window.WeixinJSBridge = undefined
  claim(userAgent)
  await pass(12_000)
  expect(heard).toEqual(['failed no_answer'])
  page.bridgeComes()
  await pass(100)
  expect([heard, wx.configs.length]).toEqual([['failed no_answer', 'ready'], 1])
})

it('a first config that is accepted after 10 s', async () => {
  wx.configDelay = 10_000
  claim(ANDROID)
  await pass(9000)
  expect(heard).toEqual(['failed no_answer'])
  await pass(1100)
  expect([heard, wx.configs.length]).toEqual([['failed no_answer', 'ready'], 1])
})

it('a first config that is refused after 10 s says so then, and the others are tried', async () => {
  wx.answerConfig = ({ signature }) => (signature === ARTICLE ? 'config:ok' : 'config:invalid signature')
  wx.configDelay = 10_000
  page.location.href = ARTICLE
  claim(IOS)
  await pass(9000)
  wx.configDelay = 5
  await pass(2000)
  expect(heard).toEqual(['failed no_answer', 'ready'])
  expect(page.urls()).toEqual([ENTRY, ARTICLE])
})

it('a later config, whose acceptance the script does not tell', async () => {
  const { want } = claim(ANDROID)
  await pass(100)
  wx.configDelay = 10_000
  page.location.href = ARTICLE
  want({ ...card, title: 'next' })
  await pass(60_000)
  expect(heard).toEqual(['ready', 'pending', 'failed not_permitted', 'ready'])
  expect(wx.shared[wx.shared.length - 1]).toMatchObject({ title: 'next' })
})

it('an account that may not share is not asked for ever', async () => {
  const { want } = claim(ANDROID)
  await pass(100)
  wx.shareReply = () => 'updateTimelineShareData:permission denied'
  page.location.href = ARTICLE
  want(card)
  await pass(120_000)
  const calls = wx.called.length
  const configs = wx.configs.length
  await pass(600_000)
  expect([wx.called.length, wx.configs.length, heard[heard.length - 1]]).toEqual([
    ...[calls, configs],
    'failed not_permitted',
  ])
})

it('the network is back', async () => {
  let isOnline = false
  claim(ANDROID, {
    sign: (url) => (isOnline ? Promise.resolve(signature(url)) : Promise.reject(new Error('offline'))),
  })
  await pass(100)
  expect(heard).toEqual(['failed not_signed'])
  isOnline = true
  page.window.dispatchEvent(new Event('online'))
  await pass(100)
  expect(heard).toEqual(['failed not_signed', 'ready'])
})

it('a script that comes after both addresses were given up', async () => {
  const scripts: { onload?: () => void }[] = []
  const document = Object.assign(page.document, {
    createElement: () => ({}),
    head: { append: (script: object) => scripts.push(script) },
  })
  const window = Object.assign(page.window, { document, wx: undefined as FakeWx | undefined })
  claim(IOS, { page: { jssdkUrls: ['one', 'two'] } })
  await pass(9000)
  expect([heard, scripts.length]).toEqual([['failed script_not_loaded'], 2])
  window.wx = wx
  scripts[0]?.onload?.()
  await pass(100)
  expect([heard, scripts.length]).toEqual([['failed script_not_loaded', 'ready'], 2])
})
