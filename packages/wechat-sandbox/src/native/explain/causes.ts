import { cause } from './cause.ts'
import { SIGNATURE_CAUSES } from './signatureCauses.ts'

/** Why a call is refused. */
export const CAUSES = {
  ...SIGNATURE_CAUSES,

  // wx.config: everything else
  missing: cause(
    'wx.config needs appId, timestamp, nonceStr and signature; some are missing.',
    'wx.config 需要 appId、timestamp、nonceStr、signature，有缺失。',
    'Mind the capital S of nonceStr, and wait for the signature before the call.',
    '注意 nonceStr 的大写 S，并等签名返回后再调用。',
  ),
  number_nonce: cause(
    'nonceStr is a number. The app takes text only, and for it nonceStr is missing.',
    'nonceStr 是数字；客户端只认字符串，视为缺失。',
    'Make it text before you sign: String(nonce), and mind leading zeros.',
    '签名之前先转成字符串：String(nonce)，注意前导零。',
  ),
  other_account: cause(
    'This domain is not registered with the account of this AppID.',
    '该域名没有登记在这个 AppID 对应的公众号下。',
    'Pass wx.config the AppID whose ticket was used to sign.',
    'wx.config 的 appId 要与签发 ticket 的公众号一致。',
  ),
  domain: cause(
    'The page is not on one of the account’s JS interface security domains.',
    '页面域名不在公众号的 JS接口安全域名里。',
    'Add this domain in the console: without http://, and with a port only for a test account.',
    '在后台加上这个域名：不带 http://，只有测试号可以带端口。',
  ),
  must_follow: cause(
    'Only followers may use a test account.',
    '测试号只对已关注的用户开放。',
    'Follow the account.',
    '先关注公众号。',
  ),

  // Other calls
  not_configured: cause(
    'wx.config has not succeeded in this document yet.',
    '当前页面的 wx.config 还没有成功。',
    'Call it after wx.ready, and see why wx.config failed.',
    '在 wx.ready 之后调用，并查看 wx.config 失败的原因。',
  ),
  granted_elsewhere: cause(
    'wx.config succeeded for another URL of this page. Permissions belong to that URL.',
    'wx.config 是在另一个 URL 下成功的，权限只对那个 URL 有效。',
    'Call wx.config again after the route has changed.',
    '路由变化后重新调用 wx.config。',
  ),
  not_listed: cause(
    'The API is not in the jsApiList of wx.config.',
    '这个接口没有写进 wx.config 的 jsApiList。',
    'Add it there.',
    '把它加进去。',
  ),
  account_lacks: cause(
    'The account may not use this API: it has to be verified first.',
    '公众号没有该接口的权限，需要先完成微信认证。',
    'Verify the account, or use a test account.',
    '先完成微信认证，或使用测试号。',
  ),
  link_domain: cause(
    'The link of a card must be on one of the account’s JS interface security domains.',
    '卡片的 link 必须在公众号的 JS接口安全域名里。',
    'Share an address of this site.',
    '分享本站的 URL。',
  ),
  link_not_encoded: cause(
    'iOS refuses a link with characters that are not URL-encoded.',
    'iOS 不接受含未编码字符（如中文）的链接。',
    'Use encodeURI, or new URL(link).href.',
    '用 encodeURI 或 new URL(link).href。',
  ),
  too_old: cause(
    'This version of WeChat does not have the API.',
    '当前微信版本没有这个接口。',
    'Have a fallback, and ask people to update.',
    '提供降级方案，并提示用户升级微信。',
  ),
}

export type Cause = keyof typeof CAUSES
