import type { Finding } from './diagnose.ts'

interface Texts {
  title: string
  close: string
  copy: string
  copied: string
  console: string
  where: string
  outside: string
  entryUrl: string
  currentUrl: string
  counts: string
  asked: string
  by: Record<'entry' | 'current', string>
  source: Record<'page' | 'server' | 'refresh', string>
  waiting: string
  /** The ticket is asked for again once a minute only. */
  recheckAt: (time: string) => string
  recheckNow: string
  findings: Record<Finding, [cause: string, toDo: string]>
}

const zh: Texts = {
  title: '微信调试',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  console: '打开控制台',
  where: '环境',
  outside: '不在微信里',
  entryUrl: '入口 URL（首次进入）',
  currentUrl: '当前 URL',
  counts: '微信用它校验签名',
  asked: '微信调用记录',
  by: { entry: '入口 URL', current: '当前 URL' },
  source: { page: 'HTML 内联的签名', server: '接口返回的签名', refresh: '刷新 jsapi_ticket 后的签名' },
  waiting: '等待返回',
  recheckAt: (time) =>
    `如果是 jsapi_ticket 失效：服务器每分钟最多向微信核对一次（所有进程共用），下一次最早在 ${time}，到时刷新页面。`,
  recheckNow: '如果是 jsapi_ticket 失效：服务器现在可以再向微信核对一次，请刷新页面。',
  findings: {
    outside: ['页面不是在微信里打开的，没有加载 JS-SDK。', '请在微信里打开这个链接。'],
    nothing_asked: [
      '还没有调用过微信：JS-SDK 没加载成功，或者本页没有设置分享卡片。',
      '检查网络请求和控制台报错。',
    ],
    waiting: ['微信还没有返回。', '稍等片刻；若一直没有返回，退出页面重新进入。'],
    good: [
      '一切正常：签名校验通过，分享卡片已设置。',
      '如果聊天里仍是纯链接：请从二维码、菜单、收藏或卡片打开页面，再分享。',
    ],
    good_by_other_url: [
      '正常，不过当前客户端用另一个 URL 校验签名。',
      '无需处理，程序已自动适配。欢迎把系统和微信版本反馈给项目维护者。',
    ],
    invalid_signature: [
      '签名错误：参与签名的 URL、jsapi_ticket 或 AppID 与微信校验时不一致。',
      '对照上面的两个 URL；确认 jsapi_ticket 用 type=jsapi 获取、属于同一个 AppID；检查代理是否改写了域名或协议。',
    ],
    invalid_domain: [
      '这个域名不在公众号的 JS接口安全域名里。',
      '在 JS接口安全域名里加上这个域名，不带 https://（测试号用非 80/443 端口时要带端口）；并核对 AppID 是否属于这个公众号。',
    ],
    must_follow: ['测试号只对已关注的用户开放。', '扫描测试号页面上的二维码，关注后重试。'],
    not_permitted: [
      '签名校验通过，但没有该接口的权限：公众号未认证，或接口没写进 jsApiList。',
      '在微信开发者平台「接口管理 > 接口权限与额度」里查看；自定义分享需要微信认证。',
    ],
    too_old: ['当前微信版本过低，不支持该接口。', '请升级微信。'],
    link_refused: [
      '卡片的链接不在 JS接口安全域名里，或含有未编码的中文。',
      'link 用本站的完整 URL；含中文时用 encodeURI(link) 或 new URL(link).href 编码。',
    ],
    other_refusal: ['微信返回了错误，原文如上。', '可以在微信开放社区搜索这段报错。'],
  },
}

const en: Texts = {
  title: 'WeChat debug',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  console: 'Open a console',
  where: 'Environment',
  outside: 'not in WeChat',
  entryUrl: 'Entry URL (first loaded)',
  currentUrl: 'Current URL',
  counts: 'WeChat verifies against this one',
  asked: 'WeChat calls',
  by: { entry: 'entry URL', current: 'current URL' },
  source: {
    page: 'signature inlined in the HTML',
    server: 'signature from the server',
    refresh: 'signature after the ticket was checked',
  },
  waiting: 'no result yet',
  recheckAt: (time) =>
    `If the jsapi_ticket has expired: the server checks it with WeChat at most once a minute, across all processes. Reload the page after ${time}.`,
  recheckNow:
    'If the jsapi_ticket has expired: the server can check it with WeChat again now. Reload the page.',
  findings: {
    outside: ['The page is not open in WeChat, so the JS-SDK is not loaded.', 'Open this URL in WeChat.'],
    nothing_asked: [
      'No call to WeChat yet: the JS-SDK did not load, or this page sets no share card.',
      'Check the network requests and the console.',
    ],
    waiting: [
      'WeChat has not responded yet.',
      'Wait a moment; if nothing comes, leave the page and open it again.',
    ],
    good: [
      'Everything works: the signature is valid and the share card is set.',
      'If a chat still shows a bare link, open the page from a QR code, a menu, favourites or a card, and share again.',
    ],
    good_by_other_url: [
      'Everything works, but this client verifies against the other URL.',
      'Nothing to do; the app has adapted. Please report your OS and WeChat versions to the maintainers.',
    ],
    invalid_signature: [
      'The signature is wrong: the signed URL, the jsapi_ticket or the AppID differs from what WeChat verifies against.',
      'Compare the two URLs above; make sure the ticket was fetched with type=jsapi for this AppID, and that no proxy rewrites host or scheme.',
    ],
    invalid_domain: [
      'This domain is not one of the account’s JS interface security domains.',
      'Add it without https:// (a test account wants the port too, unless it is 80 or 443), and check that the AppID belongs to this account.',
    ],
    must_follow: [
      'A test account is open to its followers only.',
      'Scan the QR code on the page of the test account, follow it, and try again.',
    ],
    not_permitted: [
      'The signature is valid, but this API is not permitted: the account is not verified, or the API is not in jsApiList.',
      'See the API permissions (接口权限与额度) on the WeChat Developer Platform; custom sharing needs a verified account.',
    ],
    too_old: ['This version of WeChat does not support the API.', 'Update WeChat.'],
    link_refused: [
      'The card’s link is not on a JS interface security domain, or contains Chinese that is not encoded.',
      'Use a full URL of this site, encoded with encodeURI(link) or new URL(link).href.',
    ],
    other_refusal: [
      'WeChat returned an error, shown above.',
      'Search for this message in WeChat’s developer community.',
    ],
  },
}

export type DebugLanguage = 'zh-CN' | 'en'

export const debugTexts: Record<DebugLanguage, Texts> = { 'zh-CN': zh, en }
