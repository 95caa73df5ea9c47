export { signCard } from './cardSignature.ts'
export type { Credentials, TokenSource } from './credentials.ts'
export type { ErrorKind, Hint } from './errorCodes.ts'
export { WechatApiError, WechatTransportError, type TransportFailure } from './errors.ts'
export type { OnEvent, WechatEvent } from './events.ts'
export type { HttpOptions, HttpRequest } from './http.ts'
export { fileSchema, type WechatFile } from './httpAnswer.ts'
export {
  buildAuthorizeUrl,
  type AuthorizeUrlInput,
  type OAuth,
  type OAuthGrant,
  type OAuthProfile,
  type OAuthScope,
} from './oauth.ts'
export { PageUrlError, checkPageUrl, isOnJsDomain } from './pageUrl.ts'
export { onPush, type PushHandler } from './push/handlers.ts'
export type { Push, PushKind, PushOf } from './push/push.ts'
export { PushError, type PushRefusal } from './push/pushError.ts'
export type { Reply, ReplyArticle } from './push/reply.ts'
export { wechatPush, type PushEvent, type WechatPush, type WechatPushOptions } from './push/wechatPush.ts'
export {
  createNonceStr,
  serverSignature,
  signJsapi,
  type JsapiSignature,
  verifyServerSignature,
  type JsapiSignatureInput,
} from './signature.ts'
export { memoryStore } from './stores/memory.ts'
export { openStore } from './stores/openStore.ts'
export { readSqliteEntries, type StoreEntry } from './stores/sqliteEntries.ts'
export { isStoreFailure, StoreError, type Store } from './stores/store.ts'
export { storeUrlProblem } from './stores/storeAddress.ts'
export { createWechat, type Wechat, type WechatOptions } from './wechat.ts'
