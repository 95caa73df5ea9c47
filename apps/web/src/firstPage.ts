import type { Article, ArticleSummary } from './api'

/** What the server wrote into the HTML, so that the first page shows itself without a request. */
export interface FirstPage {
  articles?: ArticleSummary[]
  article?: Article
  /** The slug of an article that doesn't exist. */
  missing?: string
}

/**
 * Reads what `apps/server/src/pages/page.ts` writes: the data of the page, and of an article the text, which stands in the
 * HTML once, where people read it before the app is there.
 */
export function readFirstPage(document: Pick<Document, 'getElementById' | 'querySelector'>): FirstPage {
  const json = document.getElementById('page')?.textContent
  if (!json) return {}
  const page = JSON.parse(json) as FirstPage & { article?: ArticleSummary }
  const html = document.querySelector('#app .prose')?.innerHTML
  const { article, ...rest } = page
  return article && html !== undefined ? { ...rest, article: { ...article, html } } : rest
}

/** Taken when this module loads: the app takes the place of what the server wrote. */
export const firstPage: FirstPage = globalThis.document ? readFirstPage(document) : {}
