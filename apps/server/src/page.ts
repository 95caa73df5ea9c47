import { checkPageUrl, PageUrlError, type Wechat } from 'wechat-core'
import type { Logger } from 'pino'
import type { Article, Articles } from './articles.ts'
import type { Env } from './env.ts'
import { escapeHtml } from './problem.ts'
import site from '../../../content/site.json' with { type: 'json' }

export interface PageOptions {
  env: Env
  wechat: Wechat
  articles: Articles
  log: Logger
  /** Gives `index.html` as the web build made it; it holds the mark `<!--page-->` in its head. */
  template: () => Promise<string>
}

export interface PageRequest {
  /** Scheme and host as the browser has them, e.g. `https://h5.example.com`. */
  origin: string
  /** Path and query as the browser sent them. */
  pathAndQuery: string
}

/** Renders the HTML of a page: the web app's shell with what this address needs already in it. */
export type Page = (request: PageRequest) => Promise<{ status: number; html: string }>

const SITE = {
  title: site.name,
  summary: 'Pages that live inside WeChat: shared well, logged in, tested.',
}
const MARK = '<!--page-->'
// A page never waits long for WeChat: without the inlined config it asks for one itself.
const PATIENCE = 1000 // milliseconds

/**
 * Puts into `index.html`: title, description and Open Graph tags for crawlers and previews, and for the app the
 * addresses of the JS-SDK and a fresh `wx.config` for exactly this address.
 */
export function createPage({ env, wechat, articles, log, template }: PageOptions): Page {
  return async ({ origin, pathAndQuery }) => {
    const path = new URL(pathAndQuery, origin).pathname
    const slug = /^\/articles\/([^/]+)\/?$/.exec(path)?.[1]
    const article = slug === undefined ? undefined : await articles.find(slug)
    const config = await signed(origin + pathAndQuery)
    const html = await template()
    const head = [
      ...tags(article, env.publicUrl, path),
      `<script type="application/json" id="wechat">${toScript({ jssdkUrls: env.wechat.jssdkUrls, config })}</script>`,
    ].join('\n    ')
    const language = article?.lang ?? 'zh-CN'
    return {
      status: slug !== undefined && !article ? 404 : 200,
      html: html
        .replace(MARK, () => head)
        .replace(/<title>.*?<\/title>/, () => `<title>${escapeHtml(article?.title ?? SITE.title)}</title>`)
        .replace(/<html lang="[^"]*"/, () => `<html lang="${escapeHtml(language)}"`),
    }
  }

  async function signed(address: string) {
    try {
      const url = checkPageUrl(address, env.wechat.jsDomains)
      const signing = wechat.sign(url)
      const patience = new Promise<undefined>((done) => setTimeout(done, PATIENCE, undefined).unref())
      return await Promise.race([signing, patience])
    } catch (error) {
      if (!(error instanceof PageUrlError)) log.warn({ err: error }, 'page served without a JS-SDK config')
      return undefined
    }
  }
}

function tags(article: Article | undefined, publicUrl: string, path: string): string[] {
  const { title, summary } = article ?? SITE
  const image = new URL(article?.cover ?? '/covers/default.jpg', publicUrl).href
  const meta = (key: 'name' | 'property', name: string, content: string) =>
    `<meta ${key}="${name}" content="${escapeHtml(content)}">`
  return [
    meta('name', 'description', summary),
    meta('property', 'og:type', article ? 'article' : 'website'),
    meta('property', 'og:title', title),
    meta('property', 'og:description', summary),
    meta('property', 'og:image', image),
    meta('property', 'og:url', new URL(path, publicUrl).href),
  ]
}

// "<" is escaped so that no text can end the script element.
function toScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
