// Our types against Tencent's own script: every call compiles, runs, and reaches the bridge.
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { CallName, Wx } from './wx.ts'

type Invoke = (name: string, params: object, callback: (reply: object) => void) => void

let wx: Wx
const asked: string[] = []
beforeAll(() => {
  const bridge: { invoke: Invoke; on: (event: string) => void } = {
    invoke: (name, _params, answer) => (asked.push(name), answer({ err_msg: `${name}:ok` })),
    on: (event) => asked.push(event),
  }
  const document = { title: 'T', addEventListener: () => undefined }
  const window = { document, WeixinJSBridge: bridge, location: { href: 'https://h5.example.com/' } }
  vi.stubGlobal('navigator', { userAgent: 'MicroMessenger/8.0.60', platform: 'MacIntel' })
  vi.stubGlobal('window', window)
  vi.stubGlobal('location', window.location)
  vi.stubGlobal('WeixinJSBridge', bridge)
  wx = createRequire(import.meta.url)('weixin-js-sdk')
})
afterAll(() => vi.unstubAllGlobals())

// With every argument that is required, and no callback.
const CALLS: { [Name in CallName]: (wx: Wx) => void } = {
  checkJsApi: (wx) => wx.checkJsApi({ jsApiList: ['openAddress', 'checkJsApi', 'onMenuShareQZone'] }),
  updateAppMessageShareData: (wx) =>
    wx.updateAppMessageShareData({ title: '', desc: '', link: '', imgUrl: '' }),
  updateTimelineShareData: (wx) => wx.updateTimelineShareData({ title: '', link: '', imgUrl: '' }),
  chooseImage: (wx) => wx.chooseImage({}),
  previewImage: (wx) => wx.previewImage({ current: 'a', urls: ['a'] }),
  uploadImage: (wx) => wx.uploadImage({ localId: 'a' }),
  downloadImage: (wx) => wx.downloadImage({ serverId: 'a', isShowProgressTips: 0 }),
  getLocalImgData: (wx) => wx.getLocalImgData({ localId: 'a' }),
  startRecord: (wx) => wx.startRecord({}),
  stopRecord: (wx) => wx.stopRecord({}),
  playVoice: (wx) => wx.playVoice({ localId: 'a' }),
  pauseVoice: (wx) => wx.pauseVoice({ localId: 'a' }),
  stopVoice: (wx) => wx.stopVoice({ localId: 'a' }),
  uploadVoice: (wx) => wx.uploadVoice({ localId: 'a' }),
  downloadVoice: (wx) => wx.downloadVoice({ serverId: 'a' }),
  translateVoice: (wx) => wx.translateVoice({ localId: 'a' }),
  getNetworkType: (wx) => wx.getNetworkType({}),
  getLocation: (wx) => wx.getLocation({ type: 'gcj02' }),
  openLocation: (wx) => wx.openLocation({ latitude: 1, longitude: 2 }),
  scanQRCode: (wx) => wx.scanQRCode({ needResult: 1, scanType: ['qrCode'] }),
  startSearchBeacons: (wx) => wx.startSearchBeacons({ ticket: 'a' }),
  stopSearchBeacons: (wx) => wx.stopSearchBeacons({}),
  hideOptionMenu: (wx) => wx.hideOptionMenu({}),
  showOptionMenu: (wx) => wx.showOptionMenu({}),
  hideMenuItems: (wx) => wx.hideMenuItems({ menuList: ['menuItem:copyUrl'] }),
  showMenuItems: (wx) => wx.showMenuItems({ menuList: ['menuItem:share:qq'] }),
  hideAllNonBaseMenuItem: (wx) => wx.hideAllNonBaseMenuItem({}),
  showAllNonBaseMenuItem: (wx) => wx.showAllNonBaseMenuItem({}),
  closeWindow: (wx) => wx.closeWindow({}),
  chooseWXPay: (wx) =>
    wx.chooseWXPay({ timestamp: 1, nonceStr: 'n', package: 'prepay_id=a', signType: 'RSA', paySign: 's' }),
  openEnterpriseRedPacket: (wx) =>
    wx.openEnterpriseRedPacket({ timestamp: 1, nonceStr: 'n', package: 'a', signType: 'MD5', paySign: 's' }),
  openAddress: (wx) => wx.openAddress({}),
  openProductSpecificView: (wx) => wx.openProductSpecificView({ productId: 'a' }),
  addCard: (wx) => wx.addCard({ cardList: [{ cardId: 'a', cardExt: '{}' }] }),
  chooseCard: (wx) => wx.chooseCard({ timestamp: 1, nonceStr: 'n', cardSign: 's' }),
  openCard: (wx) => wx.openCard({ cardList: [{ cardId: 'a', code: 'b' }] }),
  consumeAndShareCard: (wx) => wx.consumeAndShareCard({ cardId: 'a', code: 'b' }),
  openEnterpriseChat: (wx) => wx.openEnterpriseChat({ userIds: 'a;b', groupName: 'c' }),
  launchMiniProgram: (wx) => wx.launchMiniProgram({ targetAppId: 'wx1', path: 'pages/a' }),
  openBusinessView: (wx) => wx.openBusinessView({ businessType: 'a' }),
}

it.each(Object.entries(CALLS))('%s reaches the bridge', (_name, call) => {
  asked.length = 0
  call(wx)
  expect(asked.filter((name) => name !== 'getNetworkType' || _name === name)).toHaveLength(1)
})

it('with the events, the old share handlers and the frame around them these are all 52 members', () => {
  const calls = Object.keys(CALLS)
  const events = ['onVoiceRecordEnd', 'onVoicePlayEnd', 'onSearchBeacons'] satisfies (keyof Wx)[]
  const handlers = [
    'onMenuShareTimeline',
    'onMenuShareAppMessage',
    'onMenuShareQQ',
    'onMenuShareWeibo',
    'onMenuShareQZone',
  ] satisfies (keyof Wx)[]
  const frame = ['config', 'ready', 'error', 'miniProgram'] satisfies (keyof Wx)[]
  const ours = [...calls, ...events, ...handlers, ...frame]
  expect(ours.sort()).toEqual(Object.keys(wx).sort())
  expect(ours).toHaveLength(52)
})

it('callbacks are optional and hold typed results', () => {
  const heard: string[] = []
  wx.getLocation({ success: ({ latitude, errMsg }) => heard.push(`${latitude} ${errMsg}`) })
  wx.chooseImage({ count: 1, complete: ({ errMsg }) => heard.push(errMsg) })
  expect(heard).toEqual(['undefined getLocation:ok', 'chooseImage:ok'])
})

it('what is wrong does not compile', () => {
  // @ts-expect-error -- a name that no script knows
  expect(() => wx.checkJsApi({ jsApiList: ['shareEverywhere'] })).not.toThrow()
  // @ts-expect-error -- a card needs its link
  expect(() => wx.updateTimelineShareData({ title: '', imgUrl: '' })).not.toThrow()
})
