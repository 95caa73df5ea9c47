export interface WechatEnvironment {
  inWechat: boolean
  /** `other`: WeChat for Windows, macOS or HarmonyOS. */
  platform: 'ios' | 'android' | 'other'
}

/** Tells from the user agent where the page is open, by the same marks that Tencent's script looks at. */
export function detectEnvironment(userAgent: string): WechatEnvironment {
  const ua = userAgent.toLowerCase()
  const platform = ua.includes('android') ? 'android' : /iphone|ipad/.test(ua) ? 'ios' : 'other'
  return { inWechat: ua.includes('micromessenger'), platform }
}
