import type { ArticleSummary } from '../articles/articles.ts'
import { escapeHtml } from '../http/escapeHtml.ts'

/** What one address shows, as far as the server knows it. */
export interface PageContent {
  title: string
  summary: string
  /** Absolute. */
  image: string
  /** The canonical address, absolute. */
  url: string
  type: 'article' | 'website'
  /** The page's own data: with it, and with the text, the app asks for nothing. */
  data: { article?: ArticleSummary; articles?: ArticleSummary[]; missing?: string }
  /** Of an article: its text as HTML. It stands in the page once, as what people read. */
  text?: string
}

/** What the app needs to speak with WeChat. */
export interface WechatData {
  jssdkUrls: readonly string[]
  config: object | undefined
}

/**
 * What goes into the head of `index.html`: tags for crawlers and previews, the data of the page, and word for the
 * browser of what the app will ask for, before the app is there to ask.
 */
export function pageHead(content: PageContent, wechat: WechatData, inWechat: boolean): string {
  const { title, summary, image, url, type, data } = content
  const [script] = wechat.jssdkUrls
  const cover = data.article?.cover ?? data.articles?.[0]?.cover
  return [
    meta('name', 'description', summary),
    meta('property', 'og:type', type),
    meta('property', 'og:title', title),
    meta('property', 'og:description', summary),
    meta('property', 'og:image', image),
    meta('property', 'og:url', url),
    `<link rel="canonical" href="${escapeHtml(url)}">`,
    ...(inWechat && script ? [`<link rel="preload" as="script" href="${escapeHtml(script)}">`] : []),
    ...(cover ? [`<link rel="preload" as="image" href="${escapeHtml(cover)}" fetchpriority="high">`] : []),
    json('wechat', wechat),
    json('page', data),
  ].join('\n    ')
}

function meta(key: 'name' | 'property', name: string, content: string): string {
  return `<meta ${key}="${name}" content="${escapeHtml(content)}">`
}

// "<" is escaped so that no text can end the script element.
function json(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
}
