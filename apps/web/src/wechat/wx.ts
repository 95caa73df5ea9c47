/** The part of Tencent's script that this app calls; the script itself comes from WeChat's servers. */
export interface Wx {
  config(options: WxConfig): void
  ready(callback: () => void): void
  error(callback: (reply: WxReply) => void): void
  updateAppMessageShareData(data: AppMessageShareData & WxCallbacks): void
  updateTimelineShareData(data: TimelineShareData & WxCallbacks): void
}

export interface WxConfig {
  debug?: boolean
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
  jsApiList: string[]
  openTagList?: string[]
}

export interface WxReply {
  /** `<api>:ok`, `<api>:cancel` or the text of the failure. */
  errMsg: string
}

export interface WxCallbacks {
  success?: (reply: WxReply) => void
  fail?: (reply: WxReply) => void
}

export interface AppMessageShareData {
  title: string
  desc: string
  link: string
  imgUrl: string
}

export type TimelineShareData = Omit<AppMessageShareData, 'desc'>

declare global {
  interface Window {
    wx?: Wx
  }
}
