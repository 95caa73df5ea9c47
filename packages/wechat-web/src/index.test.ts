import { expect, it } from 'vitest'
import * as debug from './debug/index.ts'
import * as web from './index.ts'
import * as vue from './vue/index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(web).sort()).toEqual([
    'WechatError',
    'call',
    'createJssdk',
    'detectEnvironment',
    'ensure',
    'entryUrl',
    'isAtLeast',
    'pictureOf',
    'readPageData',
    'toWechatError',
    'withoutHash',
  ])
  expect(Object.keys(vue).sort()).toEqual([
    'LaunchMiniProgram',
    'OpenSubscribe',
    'jssdkKey',
    'useJssdk',
    'useOpenTag',
    'useWechat',
    'useWechatShare',
  ])
  expect(Object.keys(debug)).toEqual(['openPanel'])
})
