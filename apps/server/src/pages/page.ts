import type { Logger } from 'pino'
import { checkPageUrl, PageUrlError, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { escapeHtml } from 'starter-server/escapeHtml'
import type { PageContent } from './definePage.ts'
import { pageHead, visitHead } from './head.ts'
import type { Pages, Shown } from './pages.ts'
import { pageShell } from './shell.ts'
import { openTemplate, type Filled, type Filling } from 'starter-server/template'
import { readerOf, type Reader } from './texts.ts'

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
export type RenderPage = (request: PageRequest) => Promise<{ status: number; html: Buffer }>

/** All of a page that one visit has in common with the next. */
interface Parts {
  status: number
  before: Buffer
  after: Buffer
}

// A page never waits long for WeChat: without the inlined config it asks for one itself.
const LONGEST_WAIT = 1000 // milliseconds

/**
 * Puts into `index.html`: title, description and Open Graph tags for crawlers and previews, what people read before the
 * app is there and without it, and for the app the data of this page, the addresses of the JS-SDK and a fresh
 * `wx.config` for exactly this address.
 */
export function createPageRenderer({ env, wechat, pages, log, template }: PageOptions): RenderPage {
  const { jssdkUrls } = env.wechat
  let known = newTemplate('', () => ({ before: '', after: '' }))

  return async ({ origin, pathAndQuery, userAgent, language, visit }) => {
    const path = new URL(pathAndQuery, origin).pathname
    const [shown, config, text] = await Promise.all([
      pages.find(path),
      signed(origin + pathAndQuery),
      template(),
    ])
    if (text !== known.text) known = newTemplate(text, openTemplate(text))
    const { status, before, after } = partsOf(shown, path, readerOf(language))
    const own = Buffer.from(visitHead({ jssdkUrls, config }, isWechat(userAgent), visit))
    return { status, html: Buffer.concat([before, own, after]) }
  }

  // A page that is the same object as before is the same page, at its own address. Other spellings of it have no end.
  function partsOf(shown: Shown, path: string, reader: Reader): Parts {
    const content = shown && 'content' in shown ? shown.content : undefined
    if (content?.sentHead.path !== path) return makeParts(shown, path, reader)
    const perReader = known.made.get(content) ?? new Map<string, Parts>()
    const key = `${reader.language} ${reader.locale}`
    const parts = perReader.get(key) ?? makeParts(shown, path, reader)
    known.made.set(content, perReader.set(key, parts))
    return parts
  }

  function makeParts(shown: Shown, path: string, reader: Reader): Parts {
    const content = shown && 'content' in shown ? shown.content : undefined
    const { before, after } = known.fill({
      lang: escapeHtml(content?.head.lang ?? reader.language),
      // The address is put together and not resolved: a path may look like the address of another host.
      head: pageHead({ content, url: env.publicUrl + path, inlined: inlinedOf(shown) }),
      shell: pageShell(content?.shell(reader) ?? '', reader.language),
    })
    return { status: shown && !content ? 404 : 200, before: Buffer.from(before), after: Buffer.from(after) }
  }

  async function signed(address: string) {
    try {
      const url = checkPageUrl(address, env.wechat.jsDomains)
      return await inTime(wechat.sign(url))
    } catch (error) {
      if (!(error instanceof PageUrlError)) log.warn({ err: error }, 'page served without a JS-SDK config')
      return undefined
    }
  }
}

/** A template, and the pages that were made of it. */
const newTemplate = (text: string, fill: (filling: Filling) => Filled) => ({
  text,
  fill,
  made: new WeakMap<PageContent, Map<string, Parts>>(),
})

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => (timer = setTimeout(done, LONGEST_WAIT, undefined)))
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
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
