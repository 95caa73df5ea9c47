import { checkPageUrl, PageUrlError, type Wechat } from 'wechat-core'
import type { Logger } from 'pino'
import type { Articles } from '../articles/articles.ts'
import type { Env } from '../env.ts'
import { DEFAULT_COVER } from '../articles/frontMatter.ts'
import { pageHead, type PageContent } from './head.ts'
import { pageShell } from './shell.ts'
import { readerOf } from './words.ts'
import { escapeHtml } from '../http/escapeHtml.ts'
import site from '../../../../content/site.json' with { type: 'json' }

export interface PageOptions {
  env: Env
  wechat: Wechat
  articles: Articles
  log: Logger
  /** Gives `index.html` as the web build made it; it holds the marks `<!--page-->` in its head, `<!--shell-->` in its body. */
  template: () => Promise<string>
}

export interface PageRequest {
  /** Scheme and host as the browser has them, e.g. `https://h5.example.com`. */
  origin: string
  /** Path and query as the browser sent them. */
  pathAndQuery: string
  userAgent: string
  /** The language that the browser names first, if it names one. */
  language?: string | undefined
}

/** Renders the HTML of a page: the web app's shell with what this address needs already in it. */
export type Page = (request: PageRequest) => Promise<{ status: number; html: string }>

const SITE = {
  title: site.name,
  summary: 'Pages that live inside WeChat: shared well, logged in, tested.',
}
// A page never waits long for WeChat: without the inlined config it asks for one itself.
const PATIENCE = 1000 // milliseconds

/**
 * Puts into `index.html`: title, description and Open Graph tags for crawlers and previews, what people read before the
 * app is there and without it, and for the app the data of this page, the addresses of the JS-SDK and a fresh `wx.config` for exactly this address.
 */
export function createPage({ env, wechat, articles, log, template }: PageOptions): Page {
  return async ({ origin, pathAndQuery, userAgent, language }) => {
    const path = new URL(pathAndQuery, origin).pathname
    const [content, config, html] = await Promise.all([
      contentOf(path),
      signed(origin + pathAndQuery),
      template(),
    ])
    const reader = readerOf(language)
    // As the app sees it (packages/wechat-web/src/environment.ts): WeCom names MicroMessenger too, and is not WeChat.
    const inWechat = /micromessenger/i.test(userAgent) && !/wxwork/i.test(userAgent)
    const head = pageHead(content, { jssdkUrls: env.wechat.jssdkUrls, config }, inWechat)
    const { article, missing } = content.data
    const title = article?.title ?? SITE.title
    return {
      status: missing === undefined ? 200 : 404,
      html: html
        .replace('<!--page-->', () => head)
        .replace('<!--shell-->', () => pageShell(content, reader))
        .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
        .replace(/<html lang="[^"]*"/, () => `<html lang="${escapeHtml(article?.lang ?? reader.language)}"`),
    }
  }

  async function contentOf(path: string): Promise<PageContent> {
    const absolute = (address: string) => new URL(address, env.publicUrl).href
    const slug = slugOf(path)
    const article = slug === undefined ? undefined : await articles.find(slug)
    // Put together and not resolved: a path may look like the address of another host.
    const url = env.publicUrl + path
    const card = { ...SITE, image: absolute(DEFAULT_COVER), url, type: 'website' as const }
    if (!article) {
      if (slug !== undefined) return { ...card, data: { missing: slug } }
      return { ...card, data: path === '/' ? { articles: await articles.list() } : {} }
    }
    const { html: text, ...data } = article
    const { title, summary, cover, share } = article
    return {
      title: share?.title ?? title,
      summary: share?.desc ?? summary,
      image: absolute(share?.imgUrl ?? cover),
      url,
      type: 'article',
      data: { article: data },
      text,
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

function slugOf(path: string): string | undefined {
  const slug = /^\/articles\/([^/]+)\/?$/.exec(path)?.[1]
  try {
    return slug && decodeURIComponent(slug)
  } catch {
    return slug // a lone "%": no article has such a name
  }
}
