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
      "readSqliteEntries",
      "serverSignature",
      "signCard",
      "signJsapi",
      "storeUrlProblem",
      "verifyServerSignature",
      "wechatPush",
    ]
  `)
})

it('its words name options: the variables, commands and guides of an application are none of its business', () => {
  const sources = readdirSync(import.meta.dirname, { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|(^|[\\/])testing[\\/]/.test(name),
  )
  expect(sources.length).toBeGreaterThan(30)
  const naming = sources.filter((name) =>
    /WECHAT_[A-Z]|[A-Z]+_URL\b|\.env\b|pnpm|(?<!\/)docs\//.test(
      readFileSync(join(import.meta.dirname, name), 'utf8'),
    ),
  )
  expect(naming).toEqual([])
})
