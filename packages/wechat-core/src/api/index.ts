// What people ask of WeChat daily, as functions of the account. Each is one request over `wechat.api`: one that is not
// here is written the same way.
export { sendCustomMessage } from './customMessage.ts'
export {
  downloadMedia,
  downloadVoice,
  uploadArticleImage,
  uploadMedia,
  type MediaType,
  type NamedFile,
} from './media.ts'
export { createMenu, deleteMenu, getMenu, type MenuButton, type MenuItem } from './menu.ts'
export { checkCallback, listCallbackAddresses, type CallbackCheck } from './network.ts'
export { createQrCode, type QrCode, type QrCodeInput } from './qrCode.ts'
export { clearQuota, clearQuotaWithSecret } from './quota.ts'
export { createShortKey, readShortKey } from './shortKey.ts'
export {
  sendSubscribeMessage,
  sendTemplateMessage,
  type SubscribeMessage,
  type TemplateMessage,
} from './templateMessages.ts'
export { getUser, type User } from './users.ts'
