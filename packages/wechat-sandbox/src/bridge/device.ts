export type Os = 'ios' | 'android'

/** The phone that a page runs on. */
export interface Device {
  os: Os
  /** WeChat's version, e.g. `8.0.60`. */
  version: string
  networkType: 'wifi' | '5g' | '4g' | '3g'
}

/** A phone of today with the given system. */
export function device(os: Os): Device {
  return { os, version: '8.0.60', networkType: 'wifi' }
}

/** What a WeChat on this phone sends as user agent. */
export function userAgentOf({ os, version, networkType }: Device): string {
  const net = networkType.toUpperCase()
  return os === 'ios'
    ? `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/${version}(0x18003c2f) NetType/${net} Language/zh_CN`
    : `Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300473 MMWEBSDK/20250201 MicroMessenger/${version}.2860(0x28003C3D) WeChat/arm64 Weixin NetType/${net} Language/zh_CN ABI/arm64`
}

/** `navigator.platform` on this phone. Tencent's script looks at it. */
export function navigatorPlatformOf({ os }: Device): string {
  return os === 'ios' ? 'iPhone' : 'Linux aarch64'
}
