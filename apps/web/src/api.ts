import { ApiError } from './apiError'
import type { Sign, SignedPage } from 'wechat-web'

export interface ArticleSummary {
  slug: string
  title: string
  summary: string
  cover: string
  /** `YYYY-MM-DD`. */
  publishedAt: string
  lang: string
  /** What the card shows in place of title, summary and cover. */
  share?: { title?: string; desc?: string; imgUrl?: string }
}

export interface Article extends ArticleSummary {
  html: string
}

export const fetchArticles = async (): Promise<ArticleSummary[]> =>
  (await (await http()).get('/articles')).data

export const fetchArticle = async (slug: string): Promise<Article> =>
  (await (await http()).get(`/articles/${encodeURIComponent(slug)}`)).data

/** Asks for a `wx.config` of this address. */
export const signPage: Sign = async (url, { refresh, signal }) => {
  const params = refresh ? { url, refresh: 1 } : { url }
  const { data, headers } = await (await http()).get<SignedPage>('/wechat/signature', { params, signal })
  const seconds: unknown = headers['wechat-recheck-after']
  return seconds === undefined ? data : { ...data, recheckAt: Date.now() + Number(seconds) * 1000 }
}

/** Fetches what a first request needs, so that it is there when the request comes. */
export const warmUp = (): void => void http().catch(() => undefined)

/** The client of our API. The first page has its data in the HTML and asks for nothing, so axios is a chunk of its own. */
export async function http() {
  try {
    return (await import('./http')).http
  } catch {
    throw new ApiError('offline', undefined, 'a part of this app could not be loaded')
  }
}
