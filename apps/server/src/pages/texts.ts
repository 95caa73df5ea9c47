import type { Language } from 'starter-server/siteFile'
import { site } from './siteFile.ts'

export type { Language }

/** Who reads a page, as far as its first HTML differs by it. */
export interface Reader {
  /** Of the interface; the content has its own. */
  language: Language
  /** How the reader writes a day. */
  locale: 'zh-CN' | 'en-US' | 'en-GB'
}

/** The words that every page needs before the app is there: the same as in the web app's `shell/language.ts`. */
export const PAGE_WORDS: Record<Language, { skip: string; me: string; privacy: string; terms: string }> = {
  'zh-CN': { skip: '跳到正文', me: '我的', privacy: '隐私政策', terms: '用户协议' },
  en: { skip: 'Skip to content', me: 'Me', privacy: 'Privacy policy', terms: 'Terms of use' },
}

/**
 * Tells the reader by the language that their browser names first, as the app does by `navigator.language`. Who names
 * none is a crawler, and gets the site's own language.
 */
export function readerOf(language: string | undefined): Reader {
  const asked = language === undefined || language === '*' ? site.language : language
  if (/^zh\b/i.test(asked)) return { language: 'zh-CN', locale: 'zh-CN' }
  return { language: 'en', locale: asked === 'en-US' ? 'en-US' : 'en-GB' }
}

/** A day as the reader writes it. `day` is `YYYY-MM-DD`. */
export function formatDay(day: string, { locale }: Reader): string {
  FORMATS[locale] ??= new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return FORMATS[locale].format(new Date(day))
}

// Made when somebody needs it: each takes as long as a thousand uses.
const FORMATS: Partial<Record<Reader['locale'], Intl.DateTimeFormat>> = {}
