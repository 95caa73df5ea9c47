import { isAtLeast, type Device } from '../device.ts'

/**
 * Who may use an API: `free` works without wx.config; `all` must be listed in it; the others need an account with that
 * right as well (接口权限说明). Events are listed like APIs, but only waited for.
 */
export type Audience = 'free' | 'all' | 'share' | 'card'

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

  updateAppMessageShareData: { for: 'share', since: '6.7.2' },
  updateTimelineShareData: { for: 'share', since: '6.7.2' },
  'menu:share:appmessage': { for: 'share' },
  'menu:share:timeline': { for: 'share' },
  'menu:share:qq': { for: 'share' },
  'menu:share:weiboApp': { for: 'share' },
  'menu:share:QZone': { for: 'share' },
  sendAppMessage: { for: 'share' },
  shareTimeline: { for: 'share' },
  shareQQ: { for: 'share' },
  shareWeiboApp: { for: 'share' },
  shareQZone: { for: 'share' },

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
  openBusinessView: { for: 'all' },
  openEnterpriseChat: { for: 'all' },
  launchMiniProgram: { for: 'all' },
  getRecevieBizHongBaoRequest: { for: 'all' },
  invokeMiniProgramAPI: { for: 'free' },

  batchAddCard: { for: 'card' },
  chooseCard: { for: 'card' },
  batchViewCard: { for: 'card' },
  consumedShareCard: { for: 'card' },
  openProductViewWithPid: { for: 'card' },
}

// 小程序 web-view, 相关接口 2: all that a page has in there, besides the calls to the mini program itself.
const IN_MINI_PROGRAMS = new Set([
  ...['preVerifyJSAPI', 'checkJsApi', 'getNetworkType', 'invokeMiniProgramAPI'],
  ...['chooseImage', 'imagePreview', 'uploadImage', 'downloadImage', 'getLocalImgData'],
  ...[
    'startRecord',
    'stopRecord',
    'onVoiceRecordEnd',
    'playVoice',
    'pauseVoice',
    'stopVoice',
    'onVoicePlayEnd',
  ],
  ...['uploadVoice', 'downloadVoice', 'translateVoice', 'geoLocation', 'openLocation', 'scanQRCode'],
  ...['startMonitoringBeacons', 'stopMonitoringBeacons', 'onBeaconsInRange'],
  ...['chooseCard', 'batchAddCard', 'batchViewCard'],
])

/** Whether this phone's WeChat has an API or event of that name. */
export function exists(name: string, device: Device): boolean {
  const api = lookUp(name)
  if (!api || !isAtLeast(device, api.since ?? '0')) return false
  return device.within === 'miniProgram' ? IN_MINI_PROGRAMS.has(name) : name !== 'invokeMiniProgramAPI'
}

/** Who may use it. */
export const audienceOf = (name: string): Audience | undefined => lookUp(name)?.for

const lookUp = (name: string): JsApi | undefined => (Object.hasOwn(JS_APIS, name) ? JS_APIS[name] : undefined)
