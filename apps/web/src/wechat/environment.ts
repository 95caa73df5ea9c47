export interface WechatEnvironment {
  inWechat: boolean
  /** `other`: WeChat for Windows, macOS or HarmonyOS. */
  platform: 'ios' | 'android' | 'other'
  /** WeChat's own, e.g. `8.0.60`; empty where it is not told. */
  version: string
}

/** Tells from the user agent where the page is open, by the same marks that Tencent's script looks at. */
export function detectEnvironment(userAgent: string): WechatEnvironment {
  const ua = userAgent.toLowerCase()
  const platform = ua.includes('android') ? 'android' : /iphone|ipad/.test(ua) ? 'ios' : 'other'
  const version = /micromessenger\/(\d+(?:\.\d+)*)/.exec(ua)?.[1] ?? ''
  return { inWechat: ua.includes('micromessenger'), platform, version }
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
