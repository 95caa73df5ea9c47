import { sourceFile } from '../sourceFile.ts'
import { browserScript } from './browserScript.ts'
import { navigatorPlatformOf, userAgentOf, type Device } from './device.ts'

export interface BridgeScriptOptions {
  device: Device
  /** Where the page's half reaches the native half by HTTP. Default: the function `__wechatNative` of a test. */
  endpoint?: string
  /** The phone's name, where there are several. */
  phone?: string
  /** Shown as `navigator.platform`. Default: the device's. On a Mac or PC Tencent's script sends no reports home. */
  navigatorPlatform?: string
  /** Default: `early` on iOS, `late` elsewhere. */
  arrival?: 'early' | 'late'
  /** The person's font size. Default: 1. */
  fontScale?: number
}

const FILES = ['pageBridge', 'pageShare', 'pagePictures', 'pageOpenTags']

/** The script that makes a page believe it is in WeChat. Goes before every other script of the page. */
export function bridgeScript(options: BridgeScriptOptions): string {
  const { device, endpoint, phone = '', arrival, navigatorPlatform, fontScale = 1 } = options
  const settings = {
    endpoint,
    phone,
    os: device.os,
    environment: device.within === 'miniProgram' ? 'miniprogram' : 'browser',
    fontScale,
    userAgent: userAgentOf(device),
    navigatorPlatform: navigatorPlatform ?? navigatorPlatformOf(device),
    arrival: arrival ?? (device.os === 'ios' ? 'early' : 'late'),
  }
  const scripts = FILES.map((name) => browserScript(sourceFile(`./native/page/${name}.ts`))).join('\n')
  return `(function () {\n${scripts}\ninstallBridge(${JSON.stringify(settings)});\n})();\n`
}
