import { escapeHtml } from 'starter-server/escapeHtml'
import type { PageContent } from './definePage.ts'
import { DEFAULT_IMAGE, SITE_NAME, SITE_SUMMARY } from './siteDefaults.ts'

/** What the app needs to speak with WeChat. */
export interface WechatData {
  jssdkUrls: readonly string[]
  config: object | undefined
}

export interface PageHead {
  content: PageContent | undefined
  /** The canonical address, absolute. */
  url: string
  /** With it the app asks for nothing. */
  inlined: object
  /** The script that the app will ask for in WeChat, so that the browser need not wait for the app to ask. */
  script: string | undefined
}

/** What goes into the head of `index.html`: tags for crawlers and previews, and the data of the page. */
export function pageHead({ content, url, inlined, script }: PageHead): string {
  const { title = SITE_NAME, description = SITE_SUMMARY, image, type, card } = content?.head ?? {}
  const picture = content?.picture
  const summary = card?.desc ?? description
  return lines(
    `<title>${escapeHtml(title)}</title>`,
    meta('name', 'description', summary),
    meta('property', 'og:type', type ?? 'website'),
    meta('property', 'og:title', card?.title ?? title),
    meta('property', 'og:description', summary),
    meta('property', 'og:image', new URL(card?.imgUrl ?? image ?? DEFAULT_IMAGE, url).href),
    meta('property', 'og:url', url),
    `<link rel="canonical" href="${escapeHtml(url)}">`,
    ...(picture
      ? [`<link rel="preload" as="image" href="${escapeHtml(picture)}" fetchpriority="high">`]
      : []),
    ...(script ? [`<link rel="preload" as="script" href="${escapeHtml(script)}">`] : []),
    json('page', inlined),
  )
}

/** What one visit adds at the end of the body: for the app a `wx.config`, and what the page says of this visit. */
export function visitEnd(wechat: WechatData, visit: object | undefined): string {
  return json('wechat', wechat) + (visit ? json('visit', visit) : '')
}

const lines = (...parts: string[]): string => parts.join('\n    ')

function meta(key: 'name' | 'property', name: string, content: string): string {
  return `<meta ${key}="${name}" content="${escapeHtml(content)}">`
}

// "<" is escaped so that no text can end the script element.
function json(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
}
