import { browserScript } from '../browserScript.ts'
import { navigatorPlatformOf, userAgentOf, type Device } from './device.ts'

export interface BridgeScriptOptions {
  device: Device
  /** Where the page's half reaches the native half by HTTP. Default: the function `__wechatNative` of a test. */
  endpoint?: string
  /** Shown as `navigator.platform`. Default: the device's. On a Mac or PC Tencent's script sends no reports home. */
  navigatorPlatform?: string
  /** Default: `early` on iOS, `late` on Android. */
  arrival?: 'early' | 'late'
}

/** The script that makes a page believe it is in WeChat. Goes before every other script of the page. */
export function bridgeScript({ device, endpoint, arrival, navigatorPlatform }: BridgeScriptOptions): string {
  const settings = {
    endpoint,
    userAgent: userAgentOf(device),
    navigatorPlatform: navigatorPlatform ?? navigatorPlatformOf(device),
    arrival: arrival ?? (device.os === 'ios' ? 'early' : 'late'),
  }
  return `(function () {\n${browserScript('./bridge/pageBridge.ts')}\ninstallBridge(${JSON.stringify(settings)});\n})();\n`
}
