import { detectEnvironment, type WechatEnvironment } from './environment'
import type { Jssdk } from './jssdk'
import { WechatError } from './wechatError'

/** The JS-SDK where there is no WeChat: it loads nothing, has no card to set, and every call fails with `outside`. */
export function outside(environment: WechatEnvironment = detectEnvironment(''), entryUrl = ''): Jssdk {
  const refuse = () => Promise.reject(new WechatError('outside', 'not open in WeChat'))
  const nothing = () => undefined
  return {
    environment,
    entryUrl,
    asked: [],
    need: nothing,
    needTag: () => nothing,
    share: refuse,
    claimCard: () => ({
      want: nothing,
      show: nothing,
      hide: nothing,
      refresh: async () => {},
      release: nothing,
    }),
    needsFullLoad: () => false,
    call: refuse,
    ensure: refuse,
    load: refuse,
  }
}
