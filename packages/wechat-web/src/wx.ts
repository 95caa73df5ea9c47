import type { AppCalls, MiniProgram } from './jsApis/apps.ts'
import type { Call, WxCallbacks, WxReply } from './jsApis/call.ts'
import type { DeviceCalls, DeviceEvents } from './jsApis/device.ts'
import type { ImageCalls, VoiceCalls, VoiceEvents } from './jsApis/media.ts'
import type { LegacySharing, SharingCalls } from './jsApis/sharing.ts'
import type { TradeCalls } from './jsApis/trade.ts'
import type { WindowCalls } from './jsApis/window.ts'

/** The JS-APIs that answer, by their name. */
export interface Calls
  extends SharingCalls, ImageCalls, VoiceCalls, DeviceCalls, WindowCalls, TradeCalls, AppCalls {
  checkJsApi: Call<{ jsApiList: JsApiName[] }, { checkResult: Partial<Record<JsApiName, boolean>> }>
}

/** The JS-APIs that tell when something happens, with what they tell. */
export interface Events extends VoiceEvents, DeviceEvents {}

export type CallName = keyof Calls
export type EventName = keyof Events
/** Every name that may stand in `jsApiList`. */
export type JsApiName = CallName | EventName | keyof LegacySharing

export type Args<Name extends CallName> = Calls[Name]['args']
export type Result<Name extends CallName> = Calls[Name]['result'] & WxReply
/** `[args]`, or `[args?]` where nothing in them is required. */
export type ArgsOf<Name extends CallName> =
  Record<string, never> extends Args<Name> ? [args?: Args<Name>] : [args: Args<Name>]

/** Elements that WeChat draws. */
export type OpenTag = 'wx-open-launch-weapp' | 'wx-open-launch-app' | 'wx-open-subscribe' | 'wx-open-audio'

export interface WxConfig {
  /** Every answer in an `alert`. */
  debug?: boolean
  appId: string
  /** Seconds. */
  timestamp: number
  nonceStr: string
  signature: string
  jsApiList: JsApiName[]
  openTagList?: OpenTag[]
}

/** Here the callbacks are optional, and where nothing in `args` is required an empty object will do. */
export type CallMethods = {
  [Name in CallName]: (args: Args<Name> & WxCallbacks<Calls[Name]['result']>) => void
}
export type EventMethods = { [Name in EventName]: (args: WxCallbacks<Events[Name]>) => void }

/** Tencent's script as it comes from WeChat's servers: its 52 members, held against the real one by `wx.test.ts`. */
export interface Wx extends CallMethods, EventMethods, LegacySharing {
  config(options: WxConfig): void
  /** Runs the callback after any answer to a config, also a refusal. */
  ready(callback: () => void): void
  /** Keeps the last handler only. */
  error(handler: (reply: WxReply) => void): void
  miniProgram: MiniProgram
}

declare global {
  interface Window {
    wx?: Wx
  }
}
