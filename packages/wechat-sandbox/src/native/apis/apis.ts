import {
  addCard,
  chooseCard,
  editAddress,
  openBusinessView,
  openEnterpriseChat,
  openView,
  pay,
} from './commerce.ts'
import { ok, type Api } from '../call.ts'
import { checkJsApi, preVerifyJSAPI } from '../config.ts'
import { chooseImage, downloadImage, getLocalImgData, imagePreview, uploadImage } from './images.ts'
import { hideItems, hideNonBaseItems, showItems, showMenu, showNonBaseItems } from './menu.ts'
import { legacyShare, setCard } from './share.ts'
import { beacons, getLocation, getNetworkType, openLocation, scanQRCode } from './surroundings.ts'
import {
  downloadVoice,
  haltVoice,
  playVoice,
  startRecord,
  stopRecord,
  translateVoice,
  uploadVoice,
} from './voice.ts'

/** What each call does, by the app's own names. Who may call it stands in jsApis.ts. */
export const APIS: Record<string, Api> = {
  preVerifyJSAPI,
  checkJsApi,
  getNetworkType,
  closeWindow: ok, // the phone closes the page when it sees this call
  updateAppMessageShareData: setCard('appmessage'),
  updateTimelineShareData: setCard('timeline'),
  sendAppMessage: legacyShare,
  shareTimeline: legacyShare,
  shareQQ: legacyShare,
  shareWeiboApp: legacyShare,
  shareQZone: legacyShare,
  hideOptionMenu: showMenu(false),
  showOptionMenu: showMenu(true),
  hideMenuItems: hideItems,
  showMenuItems: showItems,
  hideAllNonBaseMenuItem: hideNonBaseItems,
  showAllNonBaseMenuItem: showNonBaseItems,
  chooseImage,
  imagePreview,
  uploadImage,
  downloadImage,
  getLocalImgData,
  startRecord,
  stopRecord,
  playVoice,
  pauseVoice: haltVoice,
  stopVoice: haltVoice,
  uploadVoice,
  downloadVoice,
  translateVoice,
  geoLocation: getLocation,
  openLocation,
  startMonitoringBeacons: beacons,
  stopMonitoringBeacons: beacons,
  scanQRCode,
  editAddress,
  getBrandWCPayRequest: pay,
  batchAddCard: addCard,
  chooseCard,
  batchViewCard: openView,
  consumedShareCard: openView,
  openProductViewWithPid: openView,
  openBusinessView,
  openEnterpriseChat,
  launchMiniProgram: openView,
  getRecevieBizHongBaoRequest: pay, // the app's own spelling
  invokeMiniProgramAPI: ok, // what the mini program makes of it is its own affair
}
