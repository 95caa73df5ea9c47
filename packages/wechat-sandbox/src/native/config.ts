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
  const verdict = platform.judgeJsapi(claimOf(params), [countingUrl])
  if (!verdict.ok) return refusal(call, verdict.reason)
  if (mustFollow(call)) return refusal(call, 'require subscribe')
  const asked = strings(params['verifyJsApiList'])
  const lacking = asked.filter((name) => accountLacks(name, call))
  // Permissions of several configs for one address add up (seen in the iOS app's class names).
  merge(
    document.grants,
    countingUrl,
    asked.filter((name) => !lacking.includes(name)),
  )
  merge(document.lacking, countingUrl, lacking)
  document.openTags = grantTags(call)
  return { err_msg: 'preVerifyJSAPI:ok', ...(lacking.length ? { noPermissionJsApi: lacking } : {}) }
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
  return audienceOf(name) === 'free' || (document.grants.get(countingUrl)?.has(name) ?? false)
}

/** What a page gets that calls an API it was not granted. */
export function denial(call: Call): NativeReply {
  const { name, document, countingUrl, device } = call
  const lacks = document.lacking.get(countingUrl)?.has(name)
  // The usual wording of each system; a right that the account itself lacks is "access denied" on both.
  return device.os === 'ios' && !lacks
    ? { err_msg: `${name}:the permission value is offline verifying` }
    : { err_msg: 'system:access_denied' }
}

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
  if (reason === 'fail') return { err_msg: 'preVerifyJSAPI:fail' }
  const answer = { err_msg: `preVerifyJSAPI:fail_${reason}` }
  if (reason !== 'invalid signature') return answer
  // One address on iOS, the text of a list of two on Android (community, 00046c302d09d8775e73b25f966c00).
  const current = url.split('#', 1)[0] ?? url
  const realAuthUrl = device.os === 'android' ? `[${document.entryUrl}, ${current}]` : countingUrl
  return { ...answer, realAuthUrl }
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
