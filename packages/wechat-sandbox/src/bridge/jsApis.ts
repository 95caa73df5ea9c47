import { isAtLeast, type Device } from './device.ts'

/**
 * Who may use an API: `free` works without wx.config; `all` must be listed in it; `verified` needs a verified account
 * as well (接口权限说明). Events are listed like APIs, but only waited for.
 */
export type Audience = 'free' | 'all' | 'verified'

interface JsApi {
  for: Audience
  /** The first version of WeChat that has it, where it is known. */
  since?: string
}

// By the app's own names; Tencent's script translates (getLocation is geoLocation here). What is `free` is believed:
// long used bare, documented bare (pay), or called by the script itself after a failed config (getNetworkType).
const JS_APIS: Record<string, JsApi> = {
  preVerifyJSAPI: { for: 'free', since: '6.0.2' },
  checkJsApi: { for: 'free' },
  getNetworkType: { for: 'free' },
  closeWindow: { for: 'free' },
  hideOptionMenu: { for: 'free' },
  showOptionMenu: { for: 'free' },
  imagePreview: { for: 'free' },
  getBrandWCPayRequest: { for: 'free' },

  updateAppMessageShareData: { for: 'verified', since: '6.7.2' },
  updateTimelineShareData: { for: 'verified', since: '6.7.2' },
  'menu:share:appmessage': { for: 'verified' },
  'menu:share:timeline': { for: 'verified' },
  'menu:share:qq': { for: 'verified' },
  'menu:share:weiboApp': { for: 'verified' },
  'menu:share:QZone': { for: 'verified' },
  sendAppMessage: { for: 'verified' },
  shareTimeline: { for: 'verified' },
  shareQQ: { for: 'verified' },
  shareWeiboApp: { for: 'verified' },
  shareQZone: { for: 'verified' },

  hideMenuItems: { for: 'all' },
  showMenuItems: { for: 'all' },
  hideAllNonBaseMenuItem: { for: 'all' },
  showAllNonBaseMenuItem: { for: 'all' },

  chooseImage: { for: 'all' },
  uploadImage: { for: 'all' },
  downloadImage: { for: 'all' },
  getLocalImgData: { for: 'all' },

  startRecord: { for: 'all' },
  stopRecord: { for: 'all' },
  onVoiceRecordEnd: { for: 'all' },
  playVoice: { for: 'all' },
  pauseVoice: { for: 'all' },
  stopVoice: { for: 'all' },
  onVoicePlayEnd: { for: 'all' },
  uploadVoice: { for: 'all' },
  downloadVoice: { for: 'all' },
  translateVoice: { for: 'all' },

  geoLocation: { for: 'all' },
  openLocation: { for: 'all' },
  startMonitoringBeacons: { for: 'all' },
  stopMonitoringBeacons: { for: 'all' },
  onBeaconsInRange: { for: 'all' },
  scanQRCode: { for: 'all' },
  editAddress: { for: 'all' },

  batchAddCard: { for: 'verified' },
  chooseCard: { for: 'verified' },
  batchViewCard: { for: 'verified' },
  consumedShareCard: { for: 'verified' },
  openProductViewWithPid: { for: 'verified' },
}

/** Whether this phone's WeChat has an API or event of that name. */
export function exists(name: string, device: Device): boolean {
  const api = lookUp(name)
  return api !== undefined && isAtLeast(device, api.since ?? '0')
}

/** Who may use it. */
export const audienceOf = (name: string): Audience | undefined => lookUp(name)?.for

const lookUp = (name: string): JsApi | undefined => (Object.hasOwn(JS_APIS, name) ? JS_APIS[name] : undefined)
