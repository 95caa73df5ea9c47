import { expect, it } from 'vitest'
import type { Asked } from '../callLog.ts'
import { diagnose } from './diagnose.ts'

const config = (answer: string, by: 'entry' | 'current' = 'entry'): Asked => ({
  name: 'config',
  url: 'https://h5.example.com/',
  by,
  source: 'page',
  answer,
})
const share = (answer: string): Asked => ({ name: 'updateTimelineShareData', url: '', answer })
const ok = [config('config:ok'), share('updateTimelineShareData:ok')]

it.each([
  ['nothing_asked', []],
  ['waiting', [config('')]],
  ['waiting', [config('config:ok')]],
  ['good', ok],
  ['good_by_other_url', [config('config:invalid signature'), config('config:ok', 'current'), share('a:ok')]],
  ['invalid_signature', [config('config:invalid signature')]],
  ['invalid_signature', [config('config:fail,Error: 系统错误，错误码：63002,invalid signature [20]')]],
  ['invalid_domain', [config('config:invalid url domain')]],
  ['must_follow', [config('config:require subscribe')]],
  ['not_permitted', [config('config:ok'), share('a:permission denied')]],
  ['not_permitted', [config('config:ok'), share('a:the permission value is offline verifying')]],
  ['link_refused', [config('config:ok'), share('a:fail,link must be in js secure domain list')]],
  ['too_old', [config('config:ok'), share('a:function not exist')]],
  ['other_refusal', [config('config:fail')]],
])('%s', (finding, asked) => {
  const environment = { inWechat: true, platform: 'ios', version: '8.0.60' } as const
  const situation = { environment, asked }
  expect(diagnose(situation)).toBe(finding)
  expect(diagnose({ ...situation, environment: { ...environment, inWechat: false } })).toBe('outside')
})
