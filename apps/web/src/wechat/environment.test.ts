import { expect, it } from 'vitest'
import { detectEnvironment } from './environment'

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) MicroMessenger/8.0.60(0x18003c2f)', true, 'ios'],
  ['Mozilla/5.0 (iPad) micromessenger/8.0', true, 'ios'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 8) MicroMessenger/8.0.60.2860', true, 'android'],
  ['Mozilla/5.0 (Windows NT 10.0) MicroMessenger/7.0 WindowsWechat', true, 'other'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) MicroMessenger/1.0.9', true, 'other'],
  ['Mozilla/5.0 (iPhone) Version/18.5 Mobile Safari', false, 'ios'],
  ['', false, 'other'],
])('%s', (userAgent, inWechat, platform) =>
  expect(detectEnvironment(userAgent)).toEqual({ inWechat, platform }),
)
