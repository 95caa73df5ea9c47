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
      "createCredentials",
      "createHttp",
      "createNonceStr",
      "createOAuth",
      "createPushCipher",
      "createPushDoor",
      "createWechat",
      "cutHash",
      "isOnJsDomain",
      "isStoreFailure",
      "jsapiString",
      "memoryStore",
      "onPush",
      "openStore",
      "sendCustomMessage",
      "serverSignature",
      "signCard",
      "signJsapi",
      "verifyServerSignature",
      "wechatPush",
    ]
  `)
})
