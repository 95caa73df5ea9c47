import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as debug from './debug/index.ts'
import * as web from './index.ts'
import * as vue from './vue/index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(web).sort()).toEqual([
    'WechatError',
    'call',
    'createJssdk',
    'ensure',
    'entryUrl',
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

it('its words name options: the variables, commands and guides of an application are none of its business', () => {
  const sources = readdirSync(import.meta.dirname, { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  expect(sources.length).toBeGreaterThan(30)
  const naming = sources.filter((name) =>
    /WECHAT_[A-Z]|[A-Z]+_URL\b|\.env\b|pnpm|docs\//.test(
      readFileSync(join(import.meta.dirname, name), 'utf8'),
    ),
  )
  expect(naming).toEqual([])
})
