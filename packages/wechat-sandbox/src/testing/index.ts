export { startPlatform, type RunningPlatform } from '../startPlatform.ts'
export type { AnsweredCall } from '../bridge/nativeApp.ts'
export { openWechat, type OpenWechatOptions, type WechatView } from './openWechat.ts'
export { startTlsFront, type TlsFront } from './tlsFront.ts'
