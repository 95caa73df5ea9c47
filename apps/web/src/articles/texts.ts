import { language } from '@/shell/language'

const zh = {
  latest: '最新文章',
  missing: '文章不存在',
  articles: '其他文章',
  previous: '上一篇',
  next: '下一篇',
  follow: '微信扫码，或在微信里长按二维码，即可关注。',
}

const en: typeof zh = {
  latest: 'Latest articles',
  missing: 'No such article',
  articles: 'Other articles',
  previous: 'Previous',
  next: 'Next',
  follow: 'Scan the code with WeChat, or press and hold it in WeChat, to follow.',
}

/** What only the demo says. */
export const articleTexts = language === 'zh-CN' ? zh : en
