import type { Call, WxCallbacks } from './call.ts'

export interface TimelineShareData {
  title: string
  link: string
  imgUrl: string
}

export interface AppMessageShareData extends TimelineShareData {
  desc: string
}

export interface SharingCalls {
  /** Chats and QQ. `success` means that the data is stored, not that anybody has shared. */
  updateAppMessageShareData: Call<AppMessageShareData>
  /** Moments and Qzone. */
  updateTimelineShareData: Call<TimelineShareData>
}

/** Data of the old share APIs. Without a field WeChat takes the page's own title and address. */
export interface LegacyShareData {
  title?: string
  link?: string
  imgUrl?: string
  /** Runs when the person taps; changes that it makes to this object at once still count. */
  trigger?: (reply: { scene?: string }) => void
}

export interface LegacyMessageData extends LegacyShareData {
  desc?: string
  type?: 'link' | 'music' | 'video'
  dataUrl?: string
}

/** Handlers of the menu, from before 2018; WeChat announces their end. */
export interface LegacySharing {
  onMenuShareTimeline(data: LegacyShareData & WxCallbacks): void
  onMenuShareAppMessage(data: LegacyMessageData & WxCallbacks): void
  onMenuShareQQ(data: LegacyShareData & { desc?: string } & WxCallbacks): void
  onMenuShareWeibo(data: LegacyShareData & { desc?: string } & WxCallbacks): void
  onMenuShareQZone(data: LegacyShareData & { desc?: string } & WxCallbacks): void
}
