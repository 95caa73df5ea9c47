import axios, { isAxiosError } from 'axios'
import type { SignedPage } from './wechat/pageData'

export interface ArticleSummary {
  slug: string
  title: string
  summary: string
  cover: string
  /** `YYYY-MM-DD`. */
  publishedAt: string
  lang: string
}

export interface Article extends ArticleSummary {
  html: string
}

export interface User {
  openid: string
  scope: string
  unionid?: string
  nickname?: string
  avatar?: string
}

export interface Session {
  user: User | null
  /** A visitor of WeChat's snapshot mode. */
  snapshot?: boolean
}

/** What our server says when it says no: the stable code of its problem, or `offline`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number | undefined

  constructor(code: string, status: number | undefined, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}

// The one axios instance: every answer is JSON, every failure an ApiError.
const http = axios.create({ baseURL: '/api', timeout: 10_000, headers: { accept: 'application/json' } })
http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)))

export const fetchArticles = async (): Promise<ArticleSummary[]> => (await http.get('/articles')).data

export const fetchArticle = async (slug: string): Promise<Article> =>
  (await http.get(`/articles/${encodeURIComponent(slug)}`)).data

export const fetchSession = async (): Promise<Session> => (await http.get('/session')).data

export const endSession = async (): Promise<void> => void (await http.delete('/session'))

/** Asks for a `wx.config` of this address. `refresh`: WeChat refused the last one. */
export const signPage = async (url: string, options: { refresh: boolean }): Promise<SignedPage> =>
  (await http.get('/wechat/signature', { params: options.refresh ? { url, refresh: 1 } : { url } })).data

/** Where a login starts; the browser goes there as a whole. */
export const loginAddress = (returnTo: string): string =>
  `/api/wechat/oauth/authorize?scope=snsapi_userinfo&returnTo=${encodeURIComponent(returnTo)}`

function toApiError(error: unknown): ApiError {
  if (!isAxiosError(error)) return new ApiError('unknown', undefined, String(error))
  const problem: { code?: string; detail?: string; hint?: string } = error.response?.data ?? {}
  const message = [problem.detail ?? error.message, problem.hint].filter(Boolean).join(' ')
  return new ApiError(
    problem.code ?? (error.response ? 'unknown' : 'offline'),
    error.response?.status,
    message,
  )
}
