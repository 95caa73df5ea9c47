/** Somebody has opened the page of an article that was published or sent to many. */
export interface ArticleRead {
  /** Milliseconds since 1970. */
  at: number
  /** Of the publication, and the place of the article in it. */
  articleId: string
  index: number
  openid: string
}

/** How many are remembered; the oldest go first. */
export const READS_KEPT = 10_000
