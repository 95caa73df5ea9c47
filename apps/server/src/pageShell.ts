import type { Article } from './articles.ts'
import { escapeHtml } from './problem.ts'

/**
 * What a person sees before the app runs: the bar and, of an article, its head. The app draws the same in its place
 * (`shell/App.vue`, `articles/ArticlePage.vue`); `e2e/firstVisit.spec.ts` holds the two together.
 */
export function pageShell(shortName: string, article: Article | undefined): string {
  const bar = `<header class="bar"><nav class="bar-inner"><span class="brand"><img src="/favicon.svg" alt="" width="28" height="28">${escapeHtml(shortName)}</span></nav></header>`
  return article ? `${bar}<main class="page">${headOf(article)}</main>` : bar
}

// Without the day, whose form depends on the reader.
function headOf({ title, summary, cover, lang }: Article): string {
  return (
    `<article class="article" lang="${escapeHtml(lang)}">` +
    `<img class="cover article-cover" src="${escapeHtml(cover)}" alt="" width="1200" height="675" fetchpriority="high">` +
    `<header class="article-head"><time>&nbsp;</time><h1>${escapeHtml(title)}</h1>` +
    `<p class="article-summary">${escapeHtml(summary)}</p></header></article>`
  )
}
