import { escapeHtml } from 'starter-server/escapeHtml'
import { siteFooter } from 'starter-server/siteFooter'
import { SITE_SHORT_NAME } from './siteDefaults.ts'
import { site } from './siteFile.ts'
import { PAGE_WORDS, type Language } from './texts.ts'

/**
 * What a person can read before the app runs, and without it: the bar, what the page itself says, and the foot. The app draws the
 * same in its place (`shell/App.vue` and the page's component); `e2e/articles/firstVisit.spec.ts` holds the two together.
 */
export function pageShell(content: string, language: Language): string {
  return `${BARS[language]}<main id="content" class="page" tabindex="-1">${content}</main>${FOOTERS[language]}`
}

const BARS: Record<Language, string> = { 'zh-CN': barIn('zh-CN'), en: barIn('en') }
const footerIn = (language: Language) => siteFooter(site, PAGE_WORDS[language])
const FOOTERS: Record<Language, string> = { 'zh-CN': footerIn('zh-CN'), en: footerIn('en') }

function barIn(language: Language): string {
  const { skip, me } = PAGE_WORDS[language]
  return (
    `<a class="skip" href="#content">${skip}</a>` +
    `<header class="bar"><nav class="bar-inner"><a class="brand" href="/"><img src="/favicon.svg" alt="" width="28" height="28">${escapeHtml(SITE_SHORT_NAME)}</a>` +
    `<a class="bar-link" href="/me">${me}</a></nav></header>`
  )
}
