export interface WechatEnvironment {
  /** Whether this is WeChat, where Tencent's script answers and people can log in. */
  inWechat: boolean
  /**
   * A web view that looks like WeChat's and is not the same. `wecom`: not WeChat, and deaf to an Official Account.
   * `miniProgram`: WeChat around a mini program around this page, with fewer JS-APIs; the mini program shares.
   */
  within?: 'wecom' | 'miniProgram'
  /** `other`: WeChat for Windows, macOS or HarmonyOS. */
  platform: 'ios' | 'android' | 'other'
  /** WeChat's own, e.g. `8.0.60`; empty where it is not told. */
  version: string
}

/**
 * Tells from the user agent where the page is open, by the same marks that Tencent's script looks at.
 *
 * @param wxjsEnvironment `window.__wxjs_environment`: before WeChat 7.0.0 a mini program has no other mark
 */
export function detectEnvironment(userAgent: string, wxjsEnvironment?: unknown): WechatEnvironment {
  const ua = userAgent.toLowerCase()
  const platform = ua.includes('android') ? 'android' : /iphone|ipad/.test(ua) ? 'ios' : 'other'
  const version = /micromessenger\/(\d+(?:\.\d+)*)/.exec(ua)?.[1] ?? ''
  // WeCom names MicroMessenger too, but takes an enterprise's id and not that of an Official Account.
  if (ua.includes('wxwork')) return { inWechat: false, within: 'wecom', platform, version }
  const inWechat = ua.includes('micromessenger')
  // The mark in the user agent is there since 7.0.0 (official guide to web-view).
  const inMiniProgram = inWechat && (wxjsEnvironment === 'miniprogram' || ua.includes('miniprogram'))
  return { inWechat, ...(inMiniProgram ? { within: 'miniProgram' } : {}), platform, version }
}

/** Whether this WeChat is that version or a newer one. Numbers are compared, not text: 10.0 comes after 8.0. */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = version.split('.').map(Number)
  for (const [index, part] of wanted.split('.').map(Number).entries()) {
    const difference = (have[index] ?? 0) - part
    if (difference !== 0) return difference > 0
  }
  return true
}
