import type { CallLog } from './callLog'
import { invoke } from './invoke'
import type { Permissions } from './permissions'
import { within } from './timeout'
import { WechatError } from './wechatError'
import type { ArgsOf, CallName, Result, Wx } from './wx'

/**
 * Needs no good config, as is believed: long used without one, or documented so (pay). `appId`: the script takes the
 * AppID of a payment from the last `wx.config`, whatever WeChat said to that.
 */
const WITHOUT_PERMISSION: { readonly [Name in CallName]?: 'nothing' | 'appId' } = {
  closeWindow: 'nothing',
  getNetworkType: 'nothing',
  hideOptionMenu: 'nothing',
  showOptionMenu: 'nothing',
  previewImage: 'nothing',
  chooseWXPay: 'appId',
}
// How long a refusal of a config may take that is not told otherwise.
const REFUSAL_TIME = 800 // milliseconds

export interface CallsOptions {
  window: Window
  permissions: Permissions
  /** Gives the script when the bridge to the app is there. */
  ready: () => Promise<{ wx: Wx }>
  log: CallLog
}

/** Calls of JS-APIs, and configs for what is no call: open tags and events. */
export function createCalls({ window, permissions, ready, log }: CallsOptions) {
  async function call<Name extends CallName>(
    name: Name,
    ...[args = {}]: ArgsOf<Name>
  ): Promise<Result<Name>> {
    function ask(wx: Wx): Promise<Result<Name>> {
      const reply = invoke(wx, name, args)
      log.follow(name, window.location.href, reply)
      return reply
    }

    const needed = WITHOUT_PERMISSION[name]
    if (needed) {
      const { wx } = await ready()
      if (needed === 'appId') await permissions.configured()
      try {
        return await ask(wx)
      } catch (error) {
        // This WeChat thinks otherwise.
        if (!(error instanceof WechatError) || error.code !== 'not_permitted') throw error
      }
    }
    permissions.needs.apis.add(name)
    return permissions.run({ use: ask, apis: [name] })
  }

  async function ensure(): Promise<void> {
    await permissions.run({
      async use(_wx, config) {
        if (config.state === 'open') await within(config.refused, REFUSAL_TIME)
        if (config.state === 'refused') throw new WechatError('config_refused', config.refusal)
      },
      provesNothing: true,
    })
  }

  return { call, ensure }
}
