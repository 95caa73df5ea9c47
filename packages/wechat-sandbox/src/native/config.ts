import { accountMay } from '../platform/permissions.ts'
import { ok, strings, text, type Api, type Call } from './call.ts'
import { audienceOf, exists } from './apis/jsApis.ts'
import type { NativeReply } from './messages.ts'
import { grantTags } from './openTags.ts'

/** `wx.config`: the platform recomputes the signature; who passes is granted what was listed, for this address. */
export const preVerifyJSAPI: Api = (call) => {
  const { document, countingUrl, params, platform, device } = call
  // WeCom takes an enterprise's id and ticket (企业微信 JS-SDK); its words for an Official Account's are assumed.
  if (device.within === 'wecom') return { err_msg: 'preVerifyJSAPI:fail_invalid corpid' }
  const outcome = platform.judgeJsapi(claimOf(params), [...call.countingUrls])
  if (!outcome.ok) return refusal(call, outcome.reason)
  if (mustFollow(call)) return refusal(call, 'require subscribe')
  const asked = strings(params['verifyJsApiList'])
  const lacking = asked.filter((name) => accountLacks(name, call))
  // Permissions of several configs for one address add up (seen in the iOS app's class names).
  merge(
    document.allowedApis,
    countingUrl,
    asked.filter((name) => !lacking.includes(name)),
  )
  merge(document.lacking, countingUrl, lacking)
  document.openTags = grantTags(call)
  const noPermissionJsApi = device.os === 'android' ? JSON.stringify(lacking) : lacking
  return { err_msg: 'preVerifyJSAPI:ok', ...(lacking.length ? { noPermissionJsApi } : {}) }
}

/** `wx.checkJsApi`: JSON text on Android, an object elsewhere: the script decodes by the user agent. */
export const checkJsApi: Api = (call) => {
  const entries = strings(call.params['jsApiList']).map((name) => [
    name,
    exists(name, call.device) && (call.quirks.checkJsApiTells === 'what exists' || isAllowed(name, call)),
  ])
  const result = Object.fromEntries(entries) as Record<string, boolean>
  return ok(call, { checkResult: call.device.os === 'android' ? JSON.stringify(result) : result })
}

/** Whether this page may use the API at this address. */
export function isAllowed(name: string, { document, countingUrl }: Call): boolean {
  return audienceOf(name) === 'free' || (document.allowedApis.get(countingUrl)?.has(name) ?? false)
}

/** What a page gets that calls an API it was not granted. */
export function denial(call: Call): NativeReply {
  const { name, document, countingUrl, device, quirks } = call
  const lacks = document.lacking.get(countingUrl)?.has(name)
  // The usual wording of each system; a right that the account itself lacks is "access denied" on both.
  const usual = device.os === 'ios' ? 'offline verifying' : 'permission denied'
  const wording = quirks.denialWording === 'as usual' ? usual : quirks.denialWording
  return wording === 'offline verifying' && !lacks
    ? offlineVerifying(name)
    : { err_msg: 'system:access_denied' }
}

/** The words of JS-SDK说明文档, 附录5, for what was not granted. */
export const offlineVerifying = (name: string): NativeReply => ({
  err_msg: `${name}:fail, the permission value is offline verifying`,
})

/** What was claimed, all as strings; the script sends a missing timestamp as the word "undefined". */
export function claimOf(params: Record<string, unknown>) {
  const timestamp = text(params['verifyTimestamp'])
  return {
    appId: text(params['verifyAppId']),
    timestamp: timestamp === 'undefined' ? '' : timestamp,
    nonceStr: text(params['verifyNonceStr']),
    signature: text(params['verifySignature']),
  }
}

function refusal({ device, document, url, countingUrl }: Call, reason: string): NativeReply {
  const answer = { err_msg: reason === 'fail' ? 'preVerifyJSAPI:fail' : `preVerifyJSAPI:fail_${reason}` }
  // One address on iOS; on Android the text of a list, the current one first, whatever was refused.
  const current = url.split('#', 1)[0] ?? url
  if (device.os === 'android') return { ...answer, realAuthUrl: `[${current}, ${document.entryUrl}]` }
  return reason === 'invalid signature' ? { ...answer, realAuthUrl: countingUrl } : answer
}

// A test account is for its followers only (JS-SDK说明文档, 附录5).
function mustFollow({ platform, person }: Call): boolean {
  const { switches, followers, identities } = platform
  return switches.get('account') === 'test' && !followers.has(identities.openidOf(person))
}

function accountLacks(name: string, { platform }: Call): boolean {
  const audience = audienceOf(name)
  return (audience === 'share' || audience === 'card') && !accountMay(platform.switches, audience)
}

function merge(map: Map<string, Set<string>>, url: string, names: string[]): void {
  const known = map.get(url) ?? new Set<string>()
  for (const name of names) known.add(name)
  map.set(url, known)
}
