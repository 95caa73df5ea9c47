import { expect, it } from 'vitest'
import * as core from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "PageUrlError",
      "StoreError",
      "WechatApiError",
      "WechatTransportError",
      "buildAuthorizeUrl",
      "checkPageUrl",
      "createCredentials",
      "createHttp",
      "createNonceStr",
      "createOAuth",
      "createWechat",
      "cutHash",
      "hintFor",
      "isOnJsDomain",
      "isStaleToken",
      "isStoreFailure",
      "jsapiString",
      "memoryStore",
      "openStore",
      "serverSignature",
      "signCard",
      "signJsapi",
      "verifyServerSignature",
    ]
  `)
})
