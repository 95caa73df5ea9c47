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
  entryUrl: '进入时的地址',
  currentUrl: '当前地址',
  counts: '微信按它验证签名',
  asked: '问了微信什么',
  by: { entry: '进入时的地址', current: '当前地址' },
  source: { page: '签名在 HTML 里', server: '向服务器要的签名', refresh: '请服务器核对 ticket 后的签名' },
  waiting: '还没有回答',
  recheckAt: (time) =>
    `如果是 ticket 失效：服务器每分钟最多向微信核对一次（所有进程合计），下一次最早在 ${time}，到时重新载入页面。`,
  recheckNow: '如果是 ticket 失效：服务器现在可以再向微信核对一次，请重新载入页面。',
  findings: {
    outside: ['页面不是在微信里打开的，没有加载 JS-SDK。', '在微信里打开这个地址。'],
    nothing_asked: ['还没有问过微信：脚本没加载成功，或者这个页面没有分享卡片。', '看看网络和控制台。'],
    waiting: ['微信还没有回答。', '稍等；如果一直没有回答，退出页面重新进入。'],
    good: [
      '一切正常：签名被接受，卡片已设置。',
      '如果聊天里仍是纯链接：从二维码、菜单、收藏或卡片打开页面再分享。',
    ],
    good_by_other_url: [
      '正常，不过这个客户端按另一个地址验证签名。',
      '不用处理；程序已经记住。请把系统和微信版本告诉项目维护者。',
    ],
    invalid_signature: [
      '签名不对：签名用的地址、ticket 或 AppID 与微信看到的不一致。',
      '对照上面的两个地址；确认 ticket 是 type=jsapi、出自同一个 AppID；检查代理有没有改写域名或协议。',
    ],
    invalid_domain: [
      '这个域名不在公众号的 JS接口安全域名里。',
      '在公众平台加入这个域名，不带 https:// 和端口；核对 AppID 是不是这个公众号。',
    ],
    must_follow: ['测试号只接受关注者。', '扫描测试号页面上的二维码，关注后重试。'],
    not_permitted: [
      '签名被接受，但接口没有权限：公众号未认证，或接口没有列在 jsApiList 里。',
      '在公众平台的“接口权限”里查看；自定义分享需要认证。',
    ],
    too_old: ['微信版本太旧，没有这个接口。', '升级微信。'],
    link_refused: [
      '卡片的链接不在 JS接口安全域名里，或含有未编码的中文。',
      '链接用本站地址，中文用 encodeURIComponent 编码。',
    ],
    other_refusal: ['微信拒绝了，原文如上。', '在微信开放社区搜索这句话。'],
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
  entryUrl: 'Entered at',
  currentUrl: 'Now at',
  counts: 'WeChat judges by this one',
  asked: 'What WeChat was asked',
  by: { entry: 'entry URL', current: 'current URL' },
  source: {
    page: 'signature from the HTML',
    server: 'signature asked for',
    refresh: 'after a check of the ticket',
  },
  waiting: 'no answer yet',
  recheckAt: (time) =>
    `If the ticket has ended: the server asks WeChat once a minute at most, over all processes. Reload the page from ${time} on.`,
  recheckNow: 'If the ticket has ended: the server may ask WeChat again now. Reload the page.',
  findings: {
    outside: ['The page is not open in WeChat, so no JS-SDK is loaded.', 'Open this address in WeChat.'],
    nothing_asked: [
      'WeChat was not asked anything: its script did not load, or this page has no card.',
      'Look at the network and the console.',
    ],
    waiting: [
      'WeChat has not answered.',
      'Wait a little; if nothing comes, leave the page and enter it again.',
    ],
    good: [
      'All is well: the signature is accepted and the card is set.',
      'If a chat still shows a bare link, open the page from a QR code, a menu, favourites or a card, and share again.',
    ],
    good_by_other_url: [
      'All is well, but this client judges by the other address.',
      'Nothing to do, the app has noticed. Please tell the maintainers the versions of the system and of WeChat.',
    ],
    invalid_signature: [
      'The signature does not match: its address, its ticket or its AppID is not what WeChat sees.',
      'Compare the two addresses above; the ticket has to be of type=jsapi and of this AppID; see whether a proxy changes host or scheme.',
    ],
    invalid_domain: [
      'This host is not among the JS-safe domains of the account.',
      'Enter it in the console, without https:// and port; check that the AppID is that account’s.',
    ],
    must_follow: [
      'A test account accepts only its followers.',
      'Scan the QR code on the page of the test account, follow it, and try again.',
    ],
    not_permitted: [
      'The signature is accepted, the API is not: the account is not verified, or the API is not in jsApiList.',
      'See "API permissions" in the console; sharing needs a verified account.',
    ],
    too_old: ['This WeChat is too old for the API.', 'Update WeChat.'],
    link_refused: [
      'The card’s link is not on a JS-safe domain, or holds Chinese that is not encoded.',
      'Link to this site, and encode Chinese with encodeURIComponent.',
    ],
    other_refusal: ['WeChat refused, in the words above.', 'Search for them in WeChat’s open community.'],
  },
}

export type DebugLanguage = 'zh-CN' | 'en'

export const debugTexts: Record<DebugLanguage, Texts> = { 'zh-CN': zh, en }
