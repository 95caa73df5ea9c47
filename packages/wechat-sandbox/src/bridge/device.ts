export type Os = 'ios' | 'android' | 'harmony'

/** The phone that a page runs on. */
export interface Device {
  os: Os
  /** WeChat's version, e.g. `8.0.60`. On HarmonyOS they began at 1.0. */
  version: string
  networkType: NetworkType
}

export const NETWORK_TYPES = ['wifi', '5g', '4g', '3g', '2g', 'none'] as const
export type NetworkType = (typeof NETWORK_TYPES)[number]

/** A phone of today with the given system. */
export function device(os: Os): Device {
  return { os, version: os === 'harmony' ? '1.0.9' : '8.0.60', networkType: 'wifi' }
}

/**
 * What a WeChat on this phone sends as user agent. Of HarmonyOS only the words OpenHarmony and MicroMessenger are
 * known; for Tencent's script it is neither Android nor iOS.
 */
export function userAgentOf({ os, version, networkType }: Device): string {
  const tail = `NetType/${networkType === 'wifi' ? 'WIFI' : networkType.toUpperCase()} Language/zh_CN`
  if (os === 'ios') {
    return `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/${version}(0x18003c2f) ${tail}`
  }
  if (os === 'harmony') {
    return `Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/${version} ${tail}`
  }
  return `Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300473 MMWEBSDK/20250201 MicroMessenger/${version}.2860(0x28003C3D) WeChat/arm64 Weixin ${tail} ABI/arm64`
}

/** `navigator.platform` on this phone. Tencent's script looks at it. */
export function navigatorPlatformOf({ os }: Device): string {
  return os === 'ios' ? 'iPhone' : 'Linux aarch64'
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
