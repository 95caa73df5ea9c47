// Web views that look like WeChat's and are not the same.
import { expect, it } from 'vitest'
import { bridgeScript } from './bridgeScript.ts'
import { device, navigatorPlatformOf, userAgentOf } from './device.ts'
import { CARD, ENTRY, openTestPage } from './testPage.testing.ts'

const inMiniProgram = () => openTestPage('ios', { device: { within: 'miniProgram' } })

it('a mini program takes messages, and a config for what its web view has', () => {
  const page = inMiniProgram()
  const message = { name: 'postMessage', arg: { shareCard: CARD } }
  expect(page.invoke('invokeMiniProgramAPI', message)).toEqual({ err_msg: 'invokeMiniProgramAPI:ok' })
  expect(page.calls.at(-1)?.params).toEqual(message)
  expect(page.configured('scanQRCode')).toEqual({ err_msg: 'preVerifyJSAPI:ok' })
  expect(page.invoke('scanQRCode', { needResult: 1 })).toMatchObject({ err_msg: 'scanQRCode:ok' })
})

it.each(['updateAppMessageShareData', 'menu:share:appmessage', 'hideOptionMenu', 'getBrandWCPayRequest'])(
  'a mini program has no %s [mini-program-apis] [mini-program-missing]',
  (name) => {
    const page = inMiniProgram()
    page.configured(name)
    expect(page.invoke(name, CARD)).toEqual({ err_msg: 'system:function_not_exist' })
  },
)

it('elsewhere there is no mini program to speak to', () =>
  expect(openTestPage('ios').invoke('invokeMiniProgramAPI', { name: 'postMessage', arg: {} })).toEqual({
    err_msg: 'system:function_not_exist',
  }))

it.each(['ios', 'android', 'windows'] as const)(
  'WeCom on %s takes no config of this account [wecom-config] [wecom-wording]',
  (os) => {
    const page = openTestPage(os, { device: { within: 'wecom' } })
    expect(page.config(ENTRY)).toEqual({ err_msg: 'preVerifyJSAPI:fail_invalid corpid' })
    page.configured('updateAppMessageShareData')
    expect(page.invoke('updateAppMessageShareData', CARD).err_msg).toMatch(/offline verifying|access_denied/)
    expect(page.card('appmessage')).toMatchObject({ source: 'default' })
  },
)

it.each(['miniProgram', 'wecom'] as const)('no open tags within %s [open-tags-within]', (within) => {
  const page = openTestPage('android', { device: { within } })
  const outcome = page.outcome('preVerifyJSAPI', { verifyOpenTagList: ['wx-open-subscribe'] })
  expect(outcome).not.toMatchObject({ openTags: { tags: ['wx-open-subscribe'] } })
})

it.each([
  ['ios', undefined, /iPhone.* MicroMessenger\/8/, 'iPhone'],
  ['windows', undefined, /Windows NT.* MicroMessenger\/7.* WindowsWechat/, 'Win32'],
  ['mac', undefined, /Macintosh.* MicroMessenger\/6.* MacWechat/, 'MacIntel'],
  ['ios', 'wecom', /iPhone.* wxwork\/[\d.]+ MicroMessenger\/7/, 'iPhone'],
  ['windows', 'wecom', /Windows NT.* wxwork\/[\d.]+ MicroMessenger\/7/, 'Win32'],
  ['android', 'miniProgram', /Android.* MicroMessenger\/8.* miniProgram\/wx[0-9a-f]{16}$/, 'Linux aarch64'],
] as const)('%s, within %s, says who it is [environment-variable]', (os, within, userAgent, platform) => {
  const phone = { ...device(os), ...(within ? { within } : {}) }
  expect(userAgentOf(phone)).toMatch(userAgent)
  expect(navigatorPlatformOf(phone)).toBe(platform)
  const environment = within === 'miniProgram' ? 'miniprogram' : 'browser'
  expect(bridgeScript({ device: phone })).toContain(`"environment":"${environment}"`)
})
