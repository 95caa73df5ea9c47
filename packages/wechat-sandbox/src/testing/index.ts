export { startPlatform, type RunningPlatform } from '../startPlatform.ts'
export { openWechat, type OpenWechatOptions, type RecordedCall, type WechatView } from './openWechat.ts'
export { startTlsFront, type TlsFront } from './tlsFront.ts'
