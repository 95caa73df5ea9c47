import type { Article, ArticleSummary } from './api'

/** What the server wrote into the HTML, so that the first page shows itself without a request. */
export interface FirstPage {
  articles?: ArticleSummary[]
  article?: Article
  /** The slug of an article that doesn't exist. */
  missing?: string
}

/** Reads the element that `apps/server/src/pageHead.ts` writes. */
export function readFirstPage(document: Pick<Document, 'getElementById'>): FirstPage {
  const text = document.getElementById('page')?.textContent
  return text ? (JSON.parse(text) as FirstPage) : {}
}
