const zh = {
  me: '我的',
  skip: '跳到正文',
  latest: '最新文章',
  tagline: '活在微信里的网页：分享有卡片，登录有身份，一切可测试。',
  loadFailed: '没能加载',
  offline: '网络似乎断开了。',
  notData: '收到的不是本站的内容。如果用的是公共 Wi-Fi，请先完成它的登录。',
  retry: '再试一次',
  notFoundTitle: '页面不存在',
  notFoundText: '这个地址没有内容，可能已被移走。',
  backHome: '回到首页',
  articleMissing: '没有这篇文章',
  shareReady: '点右上角「···」，分享给朋友或朋友圈',
  /** For developers. */
  shareStatus: {
    pending: '正在准备分享卡片…',
    legacy: '点右上角「···」分享；微信只接受旧的分享方式',
    posted: '分享卡片已交给小程序',
    failed: '分享卡片未生效',
  },
  loginTitle: '用微信登录',
  loginWhy: '登录后这里会显示你的昵称和头像。我们只保存这两项和你的 openid，不登录也能阅读全部文章。',
  login: '微信登录',
  logout: '退出登录',
  readAgain: '更新昵称和头像',
  deleteMe: '删除我的数据',
  deleteSure: '删除我们保存的昵称、头像和 openid，并在所有设备上退出登录？',
  yourOpenid: '你在本公众号的 openid',
  loginNeeded: '这个页面只对登录的人开放。登录时微信会告诉我们你在本公众号的 openid。',
  snapshotTitle: '你正在浏览快照页',
  snapshot: '在快照页里，微信不提供你的身份，所以暂时不能登录。点击页面下方的「使用完整服务」，就可以继续。',
  outsideTitle: '请在微信中打开',
  outside: '登录只能在微信里进行。把这个页面的地址发到微信聊天里，再从那里打开。',
  wecom: '这里是企业微信，公众号的登录和分享卡片都不起作用。把这个页面的地址发到微信聊天里，再从那里打开。',
  more: '更多',
  members: '会员页',
  membersText: '只有登录的人看得到这里。你在本公众号的 openid 是：',
  lab: '接口实验室',
}

const en: typeof zh = {
  me: 'Me',
  skip: 'Skip to content',
  latest: 'Latest articles',
  tagline: 'Pages that live inside WeChat: shared with a card, logged in by name, tested end to end.',
  loadFailed: 'This could not be loaded',
  offline: 'You seem to be offline.',
  notData: 'What came is not from this site. On a public Wi-Fi, log in to it first.',
  retry: 'Try again',
  notFoundTitle: 'No such page',
  notFoundText: 'Nothing is at this address; it may have moved.',
  backHome: 'Back to the start',
  articleMissing: 'No such article',
  shareReady: 'Tap ··· to share with friends or on Moments',
  shareStatus: {
    pending: 'Preparing the share card…',
    legacy: 'Tap ··· to share; WeChat takes only the old kind of card here',
    posted: 'The mini program has the share card',
    failed: 'The share card is not in effect',
  },
  loginTitle: 'Log in with WeChat',
  loginWhy:
    'Once you are logged in, your nickname and picture appear here. We keep just these and your openid; every article can be read without.',
  login: 'Log in with WeChat',
  logout: 'Log out',
  readAgain: 'Update name and picture',
  deleteMe: 'Delete my data',
  deleteSure: 'Delete the name, picture and openid we keep, and log out on every device?',
  yourOpenid: 'Your openid at this account',
  loginNeeded:
    'This page is for people who are logged in. WeChat then tells us your openid at this account, and nothing else.',
  snapshotTitle: 'This is a snapshot',
  snapshot:
    'In a snapshot of a page WeChat tells nobody who you are, so you can not log in yet. Choose "use full service" at the bottom of the page to go on.',
  outsideTitle: 'Open this page in WeChat',
  outside:
    'Logging in works in WeChat only. Send the address of this page to a chat, and open it from there.',
  wecom:
    'This is WeCom: the login and the share cards of an Official Account do not work here. Send the address of this page to a chat in WeChat, and open it from there.',
  more: 'More',
  members: "Members' page",
  membersText: 'Only people who are logged in see this. Your openid at this account is:',
  lab: 'JS-API lab',
}

/** The reader's language as the browser tells it: Chinese, else English. */
export const language = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en'

/** The words of the interface. A new language is one more object of this shape. */
export const words = language === 'zh-CN' ? zh : en

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/**
 * A day as the reader writes it; an American puts the month first. `day` is `YYYY-MM-DD`. By hand, since the first use
 * of `Intl` takes a phone a tenth of a second, and the first page shows a day.
 */
export function formatDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  if (language === 'zh-CN') return `${year}年${month}月${date}日`
  const name = MONTHS[month - 1]
  return navigator.language === 'en-US' ? `${name} ${date}, ${year}` : `${date} ${name} ${year}`
}
