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
    'This AppID is not the account whose console lists the domain.',
    '这个 AppID 不是登记了该域名的公众号。',
    'Hand wx.config the AppID whose ticket signed.',
    'wx.config 的 appId 要与签发 ticket 的公众号一致。',
  ),
  domain: cause(
    'The page is on no JS-safe domain of the account.',
    '页面不在公众号的 JS接口安全域名之内。',
    'Enter this host in the console: without http://, and with a port only in a test account.',
    '在公众平台登记这个域名：不带 http://，只有测试号可以带端口。',
  ),
  must_follow: cause(
    'Only followers may use a test account.',
    '测试号只对关注者开放。',
    'Follow the account.',
    '先关注公众号。',
  ),

  // Other calls
  not_configured: cause(
    'No wx.config has succeeded for this document.',
    '当前页面还没有成功的 wx.config。',
    'Call it after wx.ready, and look at why wx.config was refused.',
    '在 wx.ready 之后调用，并查看 wx.config 被拒绝的原因。',
  ),
  granted_elsewhere: cause(
    'wx.config succeeded for another address of this page. A grant belongs to its address.',
    'wx.config 是在另一个网址上成功的；授权只属于那个网址。',
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
    'The account may not use this API: it takes a verified one.',
    '公众号没有这个接口的权限：需要认证。',
    'Verify the account, or use a test account.',
    '认证公众号，或使用测试号。',
  ),
  link_domain: cause(
    'The link of a card must be on a JS-safe domain of the account.',
    '卡片的 link 必须在公众号的 JS接口安全域名之内。',
    'Share an address of this site.',
    '分享本站的网址。',
  ),
  link_not_encoded: cause(
    'iOS refuses a link with characters that are not URL-encoded.',
    'iOS 不接受未编码的链接（如汉字）。',
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
