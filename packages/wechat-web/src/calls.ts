// Calls of JS-APIs, and configs for what is no call: open tags and events. Loaded with the first page that has them.
import { invoke } from './invoke.ts'
import type { Jssdk } from './jssdk.ts'
import { within } from './timeout.ts'
import { WechatError } from './wechatError.ts'
import type { ArgsOf, CallName, Result, Wx } from './wx.ts'

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

/**
 * Calls a JS-API, under a config that lists it where it needs one. What waits for the person waits as long as the
 * person does. WeChat's answer is final; only what was not permitted is asked again, under another config.
 *
 * @throws {WechatError}
 */
export async function call<Name extends CallName>(
  { permissions, ready, follow }: Jssdk,
  name: Name,
  ...[args = {}]: ArgsOf<Name>
): Promise<Result<Name>> {
  const ask = (wx: Wx) => follow(name, invoke(wx, name, args))

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

/**
 * Sees to it that the current page is configured for all that is needed: open tags and events need this, calls do it
 * themselves.
 *
 * @throws {WechatError}
 */
export function ensure({ permissions }: Jssdk): Promise<void> {
  return permissions.run({
    async use(_wx, config) {
      if (config.state === 'open') await within(config.refused, REFUSAL_TIME)
      if (config.state === 'refused') throw new WechatError('config_refused', config.refusal)
    },
    provesNothing: true,
  })
}
