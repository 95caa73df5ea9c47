export { LaunchMiniProgram } from './LaunchMiniProgram.ts'
export { OpenSubscribe } from './OpenSubscribe.ts'
export { jssdkKey, useJssdk } from './useJssdk.ts'
export { useOpenTag, type UseOpenTagOptions, type UseOpenTagReturn } from './useOpenTag.ts'
export { useWechat, type UseWechatOptions, type UseWechatReturn } from './useWechat.ts'
export {
  useWechatShare,
  type ShareStatus,
  type UseWechatShareOptions,
  type UseWechatShareReturn,
} from './useWechatShare.ts'
