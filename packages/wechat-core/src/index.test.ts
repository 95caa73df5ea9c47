import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as core from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "PageUrlError",
      "PushError",
      "StoreError",
      "WechatApiError",
      "WechatTransportError",
      "buildAuthorizeUrl",
      "checkPageUrl",
      "createNonceStr",
      "createWechat",
      "fileSchema",
      "isOnJsDomain",
      "isStoreFailure",
      "memoryStore",
      "onPush",
      "openStore",
      "serverSignature",
      "signCard",
      "signJsapi",
      "storeUrlProblem",
      "verifyServerSignature",
      "wechatPush",
    ]
  `)
})

it('its messages name options: the variables of an application are none of its business', () => {
  const sources = readdirSync(import.meta.dirname, { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  expect(sources.length).toBeGreaterThan(30)
  const naming = sources.filter((name) =>
    /WECHAT_[A-Z]/.test(readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  expect(naming).toEqual([])
})
