export interface Words {
  en: string
  zh: string
}

const cause = (en: string, zh: string, doEn: string, doZh: string) => ({
  what: { en, zh },
  advice: { en: doEn, zh: doZh },
})

/** Why a call is refused, and what to do about it, in words. */
export const CAUSES = {
  // wx.config: what was signed
  hash: cause(
    'The address was signed with its # part, which WeChat cuts off.',
    '签名用的网址带了 # 及其后的部分，微信校验时会去掉。',
    "Sign location.href.split('#')[0].",
    "用 location.href.split('#')[0] 签名。",
  ),
  entry_url: cause(
    'The address at which the page was entered was signed. On this system the current one counts.',
    '签的是进入页面时的网址；在当前系统上，以当前网址为准。',
    'After each route change sign the current address and call wx.config again.',
    '每次路由变化后，用当前网址重新签名并再次调用 wx.config。',
  ),
  current_url: cause(
    'The current address was signed. On iOS the one counts at which the document was entered.',
    '签的是当前网址；在 iOS 上，以进入页面时的网址为准。',
    'Keep location.href from before the router starts, and sign that one on iOS.',
    '在路由启动前记下 location.href，iOS 上始终用它签名。',
  ),
  earlier_url: cause(
    'An address that the page had before was signed.',
    '签的是页面之前的网址。',
    'Ask for the signature after the route has changed, and drop answers that come too late.',
    '路由变化之后再请求签名，丢弃迟到的结果。',
  ),
  encoded: cause(
    'The address was signed in its URL-encoded form.',
    '签名用的网址是 encodeURIComponent 之后的形式。',
    'Encode it to send it, and let the server decode it once, before it signs.',
    '传给服务器时编码一次，服务器解码一次后再签名。',
  ),
  encoded_twice: cause(
    'The address was encoded once more than it is in the page.',
    '签名用的网址比页面上的多编码了一次。',
    'Sign location.href as it is: it is already encoded.',
    '直接用 location.href，它已经编码过了。',
  ),
  decoded: cause(
    'The address was decoded once too often: %E4… became a character, or + a space.',
    '签名用的网址多解码了一次：%E4… 变成了汉字，或 + 变成了空格。',
    'Send it with encodeURIComponent, and let only the query parser decode it.',
    '用 encodeURIComponent 传给服务器，只让查询参数解析器解码一次。',
  ),
  html_escaped: cause(
    'The address was signed with &amp; in place of &.',
    '签名用的网址里 & 变成了 &amp;。',
    'Do not take it from HTML, or undo the escaping first.',
    '不要从 HTML 里取网址，或先还原转义。',
  ),
  cut_at_ampersand: cause(
    'The address was signed only up to its first &.',
    '签名用的网址在第一个 & 处断了。',
    'Send it to the server with encodeURIComponent.',
    '传给服务器时用 encodeURIComponent。',
  ),
  without_query: cause(
    'The address was signed without its query.',
    '签名用的网址没有 ? 后的参数。',
    'The query counts. Sign the whole address up to the #.',
    '参数也参与校验，请用 # 之前的完整网址签名。',
  ),
  without_parameters: cause(
    'Parameters that WeChat or the login added were taken away before signing.',
    '签名前去掉了微信或登录加上的参数（from、isappinstalled、code、state）。',
    'Sign the address that the browser shows, with all of its parameters.',
    '用浏览器里的完整网址签名，保留所有参数。',
  ),
  slash: cause(
    'The address that was signed differs in the slash at its end.',
    '签名用的网址与页面网址差一个结尾的斜杠。',
    'Sign location.href, not an address put together by hand.',
    '用 location.href 签名，不要自己拼网址。',
  ),
  origin_only: cause(
    'Only the origin was signed, without the path.',
    '签名只用了域名，没有路径。',
    'Sign the whole address of the page.',
    '用页面的完整网址签名。',
  ),
  scheme: cause(
    'http and https are mixed up: behind a proxy the server sees another scheme than the browser.',
    'http 与 https 不一致：代理之后服务器看到的协议和浏览器不同。',
    'Let the page send its address, instead of putting it together from the request.',
    '由页面把自己的网址传给服务器，不要在服务器上拼。',
  ),
  host: cause(
    'Another host or port was signed than the page has.',
    '签名用的主机或端口与页面不同。',
    'Let the page send its address, instead of putting it together from the request.',
    '由页面把自己的网址传给服务器，不要在服务器上拼。',
  ),
  path_only: cause(
    'Only path and query were signed.',
    '签名只用了路径和参数。',
    'Sign the whole address, with scheme and host.',
    '用带协议和域名的完整网址签名。',
  ),
  lower_case: cause(
    'The address was put into lower case before it was signed.',
    '签名前网址被转成了小写。',
    'Sign it as it is.',
    '原样签名。',
  ),
  key_case: cause(
    'In the string the key is "noncestr". "nonceStr" is its name in wx.config only.',
    '签名字符串里的键是 noncestr；nonceStr 只是 wx.config 里的名字。',
    'Write all four keys in lower case.',
    '四个键都用小写。',
  ),
  key_order: cause(
    'The four parts are in the wrong order.',
    '四个部分的顺序不对。',
    'The order is jsapi_ticket, noncestr, timestamp, url.',
    '顺序是 jsapi_ticket、noncestr、timestamp、url。',
  ),
  milliseconds: cause(
    'One timestamp is in seconds, the other in milliseconds.',
    '时间戳一处用秒、一处用毫秒。',
    'Use the same number, in seconds, in the string and in wx.config.',
    '签名与 wx.config 用同一个以秒为单位的数字。',
  ),
  old_ticket: cause(
    'It was signed with a ticket that is no longer valid.',
    '签名用的 jsapi_ticket 已失效。',
    'Keep the ticket no longer than expires_in, and in one place for all processes.',
    '票据只保存 expires_in 那么久，且所有进程共用一份。',
  ),
  card_ticket: cause(
    'It was signed with a wx_card ticket.',
    '签名用的是 wx_card 的 ticket。',
    'Ask for a ticket with type=jsapi.',
    '获取 ticket 时用 type=jsapi。',
  ),
  access_token: cause(
    'It was signed with the access token itself.',
    '签名直接用了 access_token。',
    'Exchange the token for a jsapi_ticket, and sign with that.',
    '先用 access_token 换 jsapi_ticket，再用它签名。',
  ),
  upper_case: cause(
    'The signature is in upper case.',
    '签名是大写的。',
    'SHA-1 in lower-case hex.',
    'SHA-1 用小写十六进制。',
  ),
  unknown: cause(
    'No likely string gives this signature.',
    '常见的错误写法都得不到这个签名。',
    'Is the ticket of this account? Are nonceStr and timestamp in wx.config the ones that were signed?',
    '票据是这个公众号的吗？wx.config 里的 nonceStr、timestamp 与签名时一致吗？',
  ),

  // wx.config: everything else
  missing: cause(
    'wx.config needs appId, timestamp, nonceStr and signature; some are missing.',
    'wx.config 需要 appId、timestamp、nonceStr、signature，有缺失。',
    'Mind the capital S of nonceStr, and wait for the signature before the call.',
    '注意 nonceStr 的大写 S，并等签名返回后再调用。',
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
} satisfies Record<string, { what: Words; advice: Words }>

export type Cause = keyof typeof CAUSES
