export type Os = 'ios' | 'android' | 'harmony' | 'windows' | 'mac'

/** The phone that a page runs on. */
export interface Device {
  os: Os
  /** Whose web view shows the page, where it is not WeChat's own: a mini program's inside it, or WeCom's (企业微信). */
  within?: 'miniProgram' | 'wecom'
  /** WeChat's version, e.g. `8.0.60`. On HarmonyOS they began at 1.0. */
  version: string
  networkType: NetworkType
}

export const NETWORK_TYPES = ['wifi', '5g', '4g', '3g', '2g', 'none'] as const
export type NetworkType = (typeof NETWORK_TYPES)[number]

/** A phone of today with the given system, or a computer. */
export function device(os: Os): Device {
  return { os, version: VERSIONS[os], networkType: 'wifi' }
}

const VERSIONS: Record<Os, string> = {
  ios: '8.0.60',
  android: '8.0.60',
  harmony: '1.0.9',
  windows: '7.0.20',
  mac: '6.8.0',
}

// WeCom counts for itself, and names an old WeChat after it.
const WECOM = 'wxwork/4.1.36 MicroMessenger/7.0.1'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

/**
 * What a WeChat on this phone sends as user agent. Of HarmonyOS only the words OpenHarmony and MicroMessenger are
 * known; for Tencent's script it is neither Android nor iOS, and nor is a computer.
 */
export function userAgentOf({ os, version, networkType, within }: Device): string {
  const tail = `NetType/${networkType === 'wifi' ? 'WIFI' : networkType.toUpperCase()} Language/zh_CN`
  const inWecom = within === 'wecom'
  const end = within === 'miniProgram' ? ' miniProgram/wx5a6e64b0c1a2b3d4' : ''
  switch (os) {
    case 'ios': {
      const phone =
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
      return inWecom
        ? `${phone} ${WECOM} Language/zh ColorScheme/Light`
        : `${phone} MicroMessenger/${version}(0x18003c2f) ${tail}${end}`
    }
    case 'harmony':
      return `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${WEBKIT} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/${version} ${tail}${end}`
    case 'windows':
      return inWecom
        ? `Mozilla/5.0 (Windows NT 10.0; WOW64) ${WEBKIT} Chrome/108.0.5359.220 Safari/537.36 ${WECOM} WindowsWechat`
        : `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/132.0.0.0 Safari/537.36 MicroMessenger/${version}.1781(0x6700143B) ${tail} WindowsWechat(0x63090a13) XWEB/18163${end}`
    case 'mac':
      return `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/132.0.0.0 Safari/537.36 ${tail} MicroMessenger/${version}(0x16080000) MacWechat/3.8.10(0x13080a10) XWEB/14304 Flue${end}`
    case 'android': {
      const phone = `Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) ${WEBKIT} Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36`
      return inWecom
        ? `${phone} ${WECOM} ${tail} ColorScheme/Light`
        : `${phone} XWEB/1300473 MMWEBSDK/20250201 MicroMessenger/${version}.2860(0x28003C3D) WeChat/arm64 Weixin ${tail} ABI/arm64${end}`
    }
  }
}

/** `navigator.platform` on this phone. Tencent's script looks at it. */
export function navigatorPlatformOf({ os }: Device): string {
  return {
    ios: 'iPhone',
    android: 'Linux aarch64',
    harmony: 'Linux aarch64',
    windows: 'Win32',
    mac: 'MacIntel',
  }[os]
}

/** Whether this WeChat is at least of that version. HarmonyOS counts for itself and is new enough for everything. */
export function isAtLeast({ os, version }: Device, wanted: string): boolean {
  if (os === 'harmony') return true
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number))
  for (const [place, number] of (need ?? []).entries()) {
    const difference = (have?.[place] ?? 0) - number
    if (difference !== 0) return difference > 0
  }
  return true
}
