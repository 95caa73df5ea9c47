import type { Logger } from 'pino'
import { checkPageUrl, PageUrlError, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { escapeHtml } from 'starter-server/escapeHtml'
import type { PageContent } from './definePage.ts'
import { openPage, type Coding, type OpenPage } from 'starter-server/openPage'
import { repeatedFailure } from 'starter-server/repeatedFailure'
import { pageHead, visitEnd } from './head.ts'
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
  path: string
  /** Path and query as the browser sent them. */
  pathAndQuery: string
  userAgent: string
  /** What the app is told of this one visit. */
  visit?: object | undefined
  /** The language that the browser names first, if it names one. */
  language?: string | undefined
  /** How the answer may be packed. */
  coding: Coding
}

export interface RenderedPage {
  status: number
  /** To be sent one after the other; the first is the same for all visits, and not copied. */
  parts: [start: Buffer, rest: Buffer]
  /** How they are packed: not at all where a page is made for one visit. */
  coding: Coding
}

/** Renders the HTML of an address: the web app's shell with what this address needs already in it. */
export type RenderPage = (request: PageRequest) => Promise<RenderedPage>

/** All of a page that one visit has in common with the next. */
interface Made {
  status: number
  page: OpenPage
  after: string
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
  const unsigned = repeatedFailure({ log, what: 'page served without a JS-SDK config' })
  let known = newTemplate('', () => ({ before: '', after: '' }))

  return async ({ origin, path, pathAndQuery, userAgent, language, visit, coding }) => {
    const signing = begun(signed(origin + pathAndQuery))
    const [shown, text] = [await pages.find(path), await template()]
    if (text !== known.text) known = newTemplate(text, openTemplate(text))
    const { made, isKept } = madeOf(shown, path, readerOf(language), isWechat(userAgent))
    const end = visitEnd({ jssdkUrls, config: await inTime(signing) }, visit) + made.after
    const packed = isKept ? coding : 'identity'
    return { status: made.status, parts: made.page(Buffer.from(end), packed), coding: packed }
  }

  // A page that is the same object as before is the same page, at its own address. Other spellings of it have no end.
  function madeOf(shown: Shown, path: string, reader: Reader, inWechat: boolean) {
    const content = shown && 'content' in shown ? shown.content : undefined
    if (content?.sentHead.path !== path)
      return { made: makePage(shown, path, reader, inWechat), isKept: false }
    const perReader = known.made.get(content) ?? new Map<string, Made>()
    const key = `${reader.language} ${reader.locale} ${inWechat}`
    const made = perReader.get(key) ?? makePage(shown, path, reader, inWechat)
    known.made.set(content, perReader.set(key, made))
    return { made, isKept: content.isKept }
  }

  function makePage(shown: Shown, path: string, reader: Reader, inWechat: boolean): Made {
    const content = shown && 'content' in shown ? shown.content : undefined
    const { before, after } = known.fill({
      lang: escapeHtml(content?.head.lang ?? reader.language),
      // The address is put together and not resolved: a path may look like the address of another host.
      head: pageHead({
        content,
        url: env.publicUrl + path,
        inlined: inlinedOf(shown),
        script: inWechat ? jssdkUrls[0] : undefined,
      }),
      shell: pageShell(content?.shell(reader) ?? '', reader.language),
    })
    return { status: shown && !content ? 404 : 200, page: openPage(before), after }
  }

  async function signed(address: string) {
    try {
      const url = checkPageUrl(address, env.wechat.jsDomains)
      return await wechat.sign(url)
    } catch (error) {
      if (!(error instanceof PageUrlError)) unsigned(error)
      return undefined
    }
  }
}

/** A template, and the pages that were made of it. */
const newTemplate = (text: string, fill: (filling: Filling) => Filled) => ({
  text,
  fill,
  made: new WeakMap<PageContent, Map<string, Made>>(),
})

/** Work that may be done by the time at which somebody asks. */
interface Begun<T> {
  work: Promise<T>
  result?: { value: T }
}

function begun<T>(work: Promise<T>): Begun<T> {
  const one: Begun<T> = { work }
  void work.then((value) => (one.result = { value }))
  return one
}

// With a ticket at hand it is done by now, and needs no timer.
async function inTime<T>({ work, result }: Begun<T>): Promise<T | undefined> {
  if (result) return result.value
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
    ? { route, address: address(), head: shown.content.sentHead, ...shown.content.inlined }
    : { address: address(), missing: shown.missing }
}

// As the app sees it (packages/wechat-web/src/environment.ts): WeCom names MicroMessenger too, and is not WeChat.
const isWechat = (userAgent: string): boolean =>
  /micromessenger/i.test(userAgent) && !/wxwork/i.test(userAgent)
