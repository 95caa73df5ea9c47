/** Who reads a page, as far as its first HTML differs by it. */
export interface Reader {
  /** Of the interface; an article has its own. */
  language: 'zh-CN' | 'en'
  /** How the reader writes a day. */
  locale: 'zh-CN' | 'en-US' | 'en-GB'
}

/** The words that a page needs before the app is there: the same as in the web app's `shell/language.ts`. */
export const PAGE_WORDS = {
  'zh-CN': {
    skip: '跳到正文',
    me: '我的',
    latest: '最新文章',
    tagline: '活在微信里的网页：分享有卡片，登录有身份，一切可测试。',
  },
  en: {
    skip: 'Skip to content',
    me: 'Me',
    latest: 'Latest articles',
    tagline: 'Pages that live inside WeChat: shared with a card, logged in by name, tested end to end.',
  },
}

/**
 * Tells the reader by the language that their browser names first, as the app does by `navigator.language`. Who names
 * none is a crawler, and gets the site's own language.
 */
export function readerOf(language: string | undefined): Reader {
  if (language === undefined || language === '*' || /^zh\b/i.test(language))
    return { language: 'zh-CN', locale: 'zh-CN' }
  return { language: 'en', locale: language === 'en-US' ? 'en-US' : 'en-GB' }
}

/** A day as the reader writes it. `day` is `YYYY-MM-DD`. */
export function formatDay(day: string, { locale }: Reader): string {
  return FORMATS[locale].format(new Date(day))
}

const format = (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
const FORMATS = { 'zh-CN': format('zh-CN'), 'en-US': format('en-US'), 'en-GB': format('en-GB') }
