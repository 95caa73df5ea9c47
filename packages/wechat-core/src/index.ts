export { signCard } from './cardSignature.ts'
export {
  createCredentials,
  type Credentials,
  type CredentialsOptions,
  type TokenSource,
} from './credentials.ts'
export type { ErrorKind, Hint } from './errorCodes.ts'
export { WechatApiError, WechatTransportError, type TransportFailure } from './errors.ts'
export type { OnEvent, WechatEvent } from './events.ts'
export { createHttp, type Http, type HttpOptions, type HttpRequest } from './http.ts'
export {
  buildAuthorizeUrl,
  createOAuth,
  type AuthorizeUrlInput,
  type OAuth,
  type OAuthGrant,
  type OAuthProfile,
  type OAuthScope,
} from './oauth.ts'
export { PageUrlError, checkPageUrl, isOnJsDomain } from './pageUrl.ts'
export { createPushCipher, type PushCipher } from './push/cipher.ts'
export { sendCustomMessage } from './push/customMessage.ts'
export { onPush, type PushHandler } from './push/handlers.ts'
export type { Push, PushKind, PushOf, UnknownPush } from './push/push.ts'
export { createPushDoor, type PushDoor, type PushDoorOptions, type PushQuery } from './push/pushDoor.ts'
export { PushError, type PushRefusal } from './push/pushError.ts'
export type { Reply, ReplyArticle } from './push/reply.ts'
export { wechatPush, type PushEvent, type WechatPush, type WechatPushOptions } from './push/wechatPush.ts'
export {
  createNonceStr,
  cutHash,
  jsapiString,
  serverSignature,
  signJsapi,
  verifyServerSignature,
  type JsapiSignature,
  type JsapiSignatureInput,
  type ServerVerification,
} from './signature.ts'
export { memoryStore } from './stores/memory.ts'
export { openStore } from './stores/openStore.ts'
export { isStoreFailure, StoreError, type Store } from './stores/store.ts'
export { createWechat, type Wechat, type WechatOptions } from './wechat.ts'
