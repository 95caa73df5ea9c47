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
  /** What leads elsewhere than a page says. Default: nothing. */
  leads?: PageLeads
}

/** What of a page's addresses leads to the sandbox in place of where it says. */
export interface PageLeads {
  /** Hosts that are the site's own, under other names than the one that the browser has. */
  own: string[]
  /** WeChat's hosts, each with the paths (an expression) that the sandbox has below its own one. */
  wechat: { host: string; paths: string }[]
  path: string
}

const FILES = ['pageBridge', 'pageShare', 'pagePictures', 'pageOpenTags', 'pageLeads']

/** The script that makes a page believe it is in WeChat. Goes before every other script of the page. */
export function bridgeScript(options: BridgeScriptOptions): string {
  const { device, endpoint, phone = '', arrival, navigatorPlatform, fontScale = 1, leads } = options
  const settings = {
    endpoint,
    phone,
    os: device.os,
    environment: device.within === 'miniProgram' ? 'miniprogram' : 'browser',
    fontScale,
    leads,
    userAgent: userAgentOf(device),
    navigatorPlatform: navigatorPlatform ?? navigatorPlatformOf(device),
    arrival: arrival ?? (device.os === 'ios' ? 'early' : 'late'),
  }
  const scripts = FILES.map((name) => browserScript(sourceFile(`./native/page/${name}.ts`))).join('\n')
  return `(function () {\n${scripts}\ninstallBridge(${JSON.stringify(settings)});\n})();\n`
}
