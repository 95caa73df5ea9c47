import { WechatError } from './wechatError.ts'
import type { Args, CallMethods, CallName, Result } from './wx.ts'

// How WeChat words "not before a good wx.config, or not listed in it", on iOS and on Android. Android also says it
// where the account lacks the API (appendix 5 of the JS-SDK's documentation; field reports say which system says which).
const NOT_PERMITTED = /offline verifying|permission denied/

/**
 * Calls one JS-API and gives its answer as a promise.
 *
 * @throws {WechatError} `not_permitted` may also mean that the answer to a `wx.config` is still on its way
 */
export function invoke<Name extends CallName>(
  wx: CallMethods,
  name: Name,
  args: Args<Name>,
): Promise<Result<Name>> {
  return new Promise((done, fail) => {
    // An older script lacks the newer names.
    if (!(name in wx)) return fail(new WechatError('not_supported', `${name}: unknown to this script`))
    wx[name]({
      ...args,
      success: done,
      cancel: ({ errMsg }) => fail(new WechatError('cancelled', errMsg)),
      fail: ({ errMsg }) => fail(new WechatError(codeOf(errMsg), errMsg)),
    })
  })
}

function codeOf(errMsg: string): 'not_permitted' | 'not_supported' | 'call_failed' {
  if (NOT_PERMITTED.test(errMsg)) return 'not_permitted'
  return errMsg.includes('function not exist') ? 'not_supported' : 'call_failed'
}
