import type { Logger } from 'pino'
import { checkPageUrl, PageUrlError, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { escapeHtml } from 'starter-server/escapeHtml'
import { pageHead } from './head.ts'
import type { Pages, Shown } from './pages.ts'
import { pageShell } from './shell.ts'
import { openTemplate, type Filling } from './template.ts'
import { readerOf } from './texts.ts'

export interface PageOptions {
  env: Env
  wechat: Wechat
  pages: Pages
  log: Logger
  /** Gives `index.html` as the web build made it, with the marks that `template.ts` names. */
  template: () => Promise<string>
}

export interface PageRequest {
  /** Scheme and host as the browser has them, e.g. `https://h5.example.com`. */
  origin: string
  /** Path and query as the browser sent them. */
  pathAndQuery: string
  userAgent: string
  /** What the app is told of this one visit. */
  visit?: object | undefined
  /** The language that the browser names first, if it names one. */
  language?: string | undefined
}

/** Renders the HTML of an address: the web app's shell with what this address needs already in it. */
export type RenderPage = (request: PageRequest) => Promise<{ status: number; html: string }>

// A page never waits long for WeChat: without the inlined config it asks for one itself.
const LONGEST_WAIT = 1000 // milliseconds

/**
 * Puts into `index.html`: title, description and Open Graph tags for crawlers and previews, what people read before the
 * app is there and without it, and for the app the data of this page, the addresses of the JS-SDK and a fresh
 * `wx.config` for exactly this address.
 */
export function createPageRenderer({ env, wechat, pages, log, template }: PageOptions): RenderPage {
  const { jssdkUrls } = env.wechat
  let known = { text: '', fill: (_: Filling) => '' }

  return async ({ origin, pathAndQuery, userAgent, language, visit }) => {
    const path = new URL(pathAndQuery, origin).pathname
    const [shown, config, text] = await Promise.all([
      pages.find(path),
      signed(origin + pathAndQuery),
      template(),
    ])
    if (text !== known.text) known = { text, fill: openTemplate(text) }
    const reader = readerOf(language)
    const content = shown && 'content' in shown ? shown.content : undefined
    const head = pageHead({
      content,
      // Put together and not resolved: a path may look like the address of another host.
      url: env.publicUrl + path,
      inlined: inlinedOf(shown),
      visit,
      wechat: { jssdkUrls, config },
      inWechat: isWechat(userAgent),
    })
    return {
      status: shown && !content ? 404 : 200,
      html: known.fill({
        lang: escapeHtml(content?.head.lang ?? reader.language),
        head,
        shell: pageShell(content?.shell(reader) ?? '', reader.language),
      }),
    }
  }

  async function signed(address: string) {
    try {
      const url = checkPageUrl(address, env.wechat.jsDomains)
      const late = new Promise<undefined>((done) => setTimeout(done, LONGEST_WAIT, undefined).unref())
      return await Promise.race([wechat.sign(url), late])
    } catch (error) {
      if (!(error instanceof PageUrlError)) log.warn({ err: error }, 'page served without a JS-SDK config')
      return undefined
    }
  }
}

// What the web app's `firstVisit.ts` reads.
function inlinedOf(shown: Shown): object {
  if (!shown) return {}
  const { route, address } = shown
  return 'content' in shown
    ? { route, address, head: shown.content.sentHead, ...shown.content.inlined }
    : { address, missing: shown.missing }
}

// As the app sees it (packages/wechat-web/src/environment.ts): WeCom names MicroMessenger too, and is not WeChat.
const isWechat = (userAgent: string): boolean =>
  /micromessenger/i.test(userAgent) && !/wxwork/i.test(userAgent)
