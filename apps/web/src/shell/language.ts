const zh = {
  me: '我的',
  skip: '跳到正文',
  loadFailed: '加载失败',
  offline: '网络连接已断开，请检查网络。',
  notData: '收到的不是本站的内容。如果用的是公共 Wi-Fi，请先完成它的登录。',
  retry: '重试',
  notFoundTitle: '页面不存在',
  notFoundText: '这个地址没有内容，可能已被移走。',
  backHome: '回到首页',
  shareReady: '点右上角「···」，分享给朋友或朋友圈',
}

const en: typeof zh = {
  me: 'Me',
  skip: 'Skip to content',
  loadFailed: 'This page could not be loaded',
  offline: 'You seem to be offline.',
  notData: 'The response is not from this site. If you are on public Wi-Fi, log in to it first.',
  retry: 'Try again',
  notFoundTitle: 'No such page',
  notFoundText: 'Nothing is at this address; it may have moved.',
  backHome: 'Back to home',
  shareReady: 'Tap ··· to share with friends or on Moments',
}

/** The reader's language as the browser tells it: Chinese, else English. */
export const language = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en'

/**
 * The words of the interface that every visit needs; a page with more has a `texts.ts` beside it. A new language is one
 * more object of this shape.
 */
export const texts = language === 'zh-CN' ? zh : en

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
