import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { isOnJsDomain } from 'wechat-core'
import type { Env } from '../env.ts'
import { limitPages } from 'starter-server/limits'
import { codingOf } from 'starter-server/coding'
import type { RenderPage } from './page.ts'
import { decoded } from 'starter-server/paths'
import { fileNotFound, notFound } from 'starter-server/problem'
import { UNDER_API } from 'starter-server/underApi'

const LONGEST_NAME = 255

/** The web app: its files, and for every other address a page. */
export function siteRoutes({
  env,
  render,
  webRoot,
  visit = [],
}: {
  env: Env
  render: RenderPage
  webRoot: string | undefined
  /** Each gives a part of what a page tells the app of this one visit, and may set cookies. */
  visit?: ((req: Request, res: Response) => object)[]
}): RequestHandler {
  const limit = limitPages()
  const originOf = originsOf(env)
  const files = webRoot ? openFiles(webRoot, limit) : undefined
  // Not a router: each of its steps that is not theirs would cost pages as much as their signature.
  return (req, res, next) => {
    if (files?.has(req.path)) return void files.serve(req, res, next)
    void limit(req, res, (error?: unknown) => {
      if (error || !isPage(req.path)) next(error)
      else if (req.method === 'GET' || req.method === 'HEAD') page(req, res, next).catch(next)
      else if (req.method === 'OPTIONS') res.set('allow', 'GET, HEAD').type('text').send('GET, HEAD')
      else next()
    })
  }

  async function page(req: Request, res: Response, next: NextFunction): Promise<void> {
    const origin = originOf(req)
    const path = pathOf(req, origin)
    if (path === undefined) return void notFound(req, res, next)
    const {
      status,
      parts: [start, rest],
      coding,
    } = await render({
      origin,
      path,
      pathAndQuery: req.originalUrl,
      userAgent: req.get('user-agent') ?? '',
      visit: Object.assign({}, ...visit.map((part) => part(req, res))),
      language: req.get('accept-language') ? req.acceptsLanguages()[0] : undefined,
      coding: codingOf(req),
    })
    res.statusCode = status
    res.setHeader('vary', 'User-Agent, Accept-Language, Accept-Encoding')
    res.setHeader('cache-control', 'no-cache')
    res.setHeader('content-type', 'text/html; charset=utf-8')
    if (coding !== 'identity') res.setHeader('content-encoding', coding)
    // Not `send`, which hashes what differs at every visit by its signature, and takes one piece.
    res.setHeader('content-length', start.length + rest.length)
    res.write(start)
    res.end(rest)
  }
}

/** The path as a browser has it; undefined for "//", "/\\", "/.//" and the like: a browser would go to another host. */
function pathOf({ path, originalUrl }: Request, origin: string): string | undefined {
  if (USUAL_PATH.test(path)) return path
  const address = URL.parse(originalUrl, origin)
  return address?.origin !== origin || address.pathname.startsWith('//') ? undefined : address.pathname
}

// Letters, digits and "-" between single slashes: nothing that a browser would read in another way.
const USUAL_PATH = /^\/(?:[\w-]+\/)*[\w-]*$/

// To find out where thousands of "/.." lead takes the square of their number, and no file has so long a name.
const refuseLongNames: RequestHandler = (req, res, next) =>
  req.path.length > LONGEST_NAME ? fileNotFound(req, res, next) : next()

/** Whether an address is a page of the app: not the API, and no name of a file at its end. */
export function isPage(path: string): boolean {
  return path.startsWith('/') && !UNDER_API.test(path) && !path.includes('.', path.lastIndexOf('/'))
}

/**
 * The files that the build has, under their names. Not index.html, however somebody spells it for one system or another:
 * what is not on the list is not looked for.
 */
function openFiles(webRoot: string, limit: RequestHandler) {
  const names = readdirSync(webRoot, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `/${relative(webRoot, join(parentPath, name)).replaceAll(sep, '/')}`)
  const known = new Set(names)
  known.delete('/index.html')
  // Names in /assets carry a hash of the content. A missing one is a 404, never HTML that a browser would keep.
  const assets = express.static(join(webRoot, 'assets'), { immutable: true, maxAge: '1y', index: false })
  return {
    has: (path: string): boolean => NEVER_PAGES.test(path) || known.has(decoded(path)),
    serve: Router()
      .get('/index.html', (_req, res) => res.redirect(301, '/')) // the file itself lacks what a page needs
      .use('/assets', Router().use(refuseLongNames, assets, limit, fileNotFound))
      .use(express.static(webRoot, { index: false, maxAge: '1h', dotfiles: 'ignore', redirect: false })),
  }
}

// As Express compares paths: without regard to case, nor to a slash at the end.
const NEVER_PAGES = /^\/(?:index\.html\/?$|assets(?:\/|$))/i

// Another of our domains is taken as the request names it; anything else is PUBLIC_URL, since many proxies replace the
// host and hide the scheme. The page compares before it uses what was signed for it.
function originsOf({ publicUrl, wechat }: Env): (req: Request) => string {
  const { host } = new URL(publicUrl)
  let last = { from: publicUrl, origin: publicUrl }
  return (req) => {
    const from = `${req.protocol}://${req.host ?? ''}`
    if (from !== last.from) last = { from, origin: originIn(from) }
    return last.origin
  }

  function originIn(from: string): string {
    const asked = URL.parse(from)
    if (!asked || asked.host === host) return publicUrl
    return wechat.jsDomains.some((domain) => isOnJsDomain(asked, domain)) ? asked.origin : publicUrl
  }
}
