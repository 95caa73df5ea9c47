import { describe, expect, it } from 'vitest'
import { detectEnvironment, isAtLeast } from './environment.ts'

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) MicroMessenger/8.0.60(0x18003c2f)',
    true,
    'ios',
    '8.0.60',
  ],
  ['Mozilla/5.0 (iPad) micromessenger/8.0', true, 'ios', '8.0'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 8) MicroMessenger/8.0.60.2860', true, 'android', '8.0.60.2860'],
  ['Mozilla/5.0 (Windows NT 10.0) MicroMessenger/7.0 WindowsWechat', true, 'other', '7.0'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) MicroMessenger/1.0.9', true, 'other', '1.0.9'],
  ['Mozilla/5.0 (iPhone) Version/18.5 Mobile Safari', false, 'ios', ''],
  ['', false, 'other', ''],
])('%s', (userAgent, inWechat, platform, version) =>
  expect(detectEnvironment(userAgent)).toEqual({ inWechat, platform, version }),
)

describe('what looks like WeChat and is not the same', () => {
  it.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) wxwork/3.1.16 MicroMessenger/7.0.1 Language/zh',
      'ios',
    ],
    ['Mozilla/5.0 (Linux; Android 9) wxwork/2.7.2 MicroMessenger/6.3.22 NetType/WIFI Language/zh', 'android'],
  ])('WeCom is not WeChat: %s', (userAgent, platform) =>
    expect(detectEnvironment(userAgent)).toMatchObject({ inWechat: false, within: 'wecom', platform }),
  )

  const android = 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.60'

  it('a mini program tells itself by the user agent', () =>
    expect(detectEnvironment(`${android} miniProgram/wx0123456789abcdef`)).toMatchObject({
      inWechat: true,
      within: 'miniProgram',
    }))

  it('before 7.0.0 it does so by a variable alone', () => {
    expect(detectEnvironment(android, 'miniprogram').within).toBe('miniProgram')
    expect(detectEnvironment(android, 'browser').within).toBeUndefined()
  })
})

it.each([
  ['8.0.60', '7.0.12', true],
  ['7.0.12.1620', '7.0.12', true],
  ['7.0.9', '7.0.12', false],
  ['10.0', '7.0.12', true],
  ['6.9', '7.0.12', false],
])('%s is at least %s: %s', (version, wanted, expected) => expect(isAtLeast(version, wanted)).toBe(expected))
