const zh = {
  home: '首页',
  me: '我的',
  skip: '跳到正文',
  latest: '最新文章',
  tagline: '活在微信里的网页：分享有卡片，登录有身份，一切可测试。',
  loadFailed: '没能加载',
  offline: '网络似乎断开了。',
  retry: '再试一次',
  notFoundTitle: '页面不存在',
  notFoundText: '这个地址没有内容，可能已被移走。',
  backHome: '回到首页',
  articleMissing: '没有这篇文章',
  back: '返回',
  shareReady: '点右上角「···」，分享给朋友或朋友圈',
  sharePending: '正在准备分享卡片…',
  shareFailed: '分享卡片未生效',
  loginTitle: '用微信登录',
  loginWhy: '登录后这里会显示你的昵称和头像。我们只保存这两项和你的 openid，不登录也能阅读全部文章。',
  login: '微信登录',
  logout: '退出登录',
  yourOpenid: '你在本公众号的 openid',
  snapshot: '你正在浏览快照页，微信没有提供你的身份。点击页面下方的「使用完整服务」后再登录。',
}

const en: typeof zh = {
  home: 'Home',
  me: 'Me',
  skip: 'Skip to content',
  latest: 'Latest articles',
  tagline: 'Pages that live inside WeChat: shared with a card, logged in by name, tested end to end.',
  loadFailed: 'This could not be loaded',
  offline: 'You seem to be offline.',
  retry: 'Try again',
  notFoundTitle: 'No such page',
  notFoundText: 'Nothing is at this address; it may have moved.',
  backHome: 'Back to the start',
  articleMissing: 'No such article',
  back: 'Back',
  shareReady: 'Tap ··· to share with friends or on Moments',
  sharePending: 'Preparing the share card…',
  shareFailed: 'The share card is not in effect',
  loginTitle: 'Log in with WeChat',
  loginWhy:
    'Once you are logged in, your nickname and picture appear here. We keep just these and your openid; every article can be read without.',
  login: 'Log in with WeChat',
  logout: 'Log out',
  yourOpenid: 'Your openid at this account',
  snapshot:
    'You see a snapshot of this page, in which WeChat tells nobody who you are. Choose "use full service" below, then log in.',
}

/** The reader's language as the browser tells it: Chinese, else English. */
export const language = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en'

/** The words of the interface. A new language is one more object of this shape. */
export const words = language === 'zh-CN' ? zh : en

/** A day as the reader writes it. `day` is `YYYY-MM-DD`. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
}
