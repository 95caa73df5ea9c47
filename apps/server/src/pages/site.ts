import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { isOnJsDomain } from 'wechat-core'
import type { Env } from '../env.ts'
import { limitPages } from 'starter-server/limits'
import { CODINGS, type Coding } from 'starter-server/openPage'
import type { RenderPage } from './page.ts'
import { decoded } from 'starter-server/paths'
import { fileNotFound, notFound } from 'starter-server/problem'
import { UNDER_API } from 'starter-server/underApi'

const LONGEST_NAME = 255
// Letters of what a browser takes; to read thousands of them takes more than linear time.
const LONGEST_ENCODINGS = 200

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
}): Router {
  const router = Router()
  const limit = limitPages()
  const originOf = originsOf(env)
  router.get('/index.html', (_req, res) => res.redirect(301, '/')) // the file itself lacks what a page needs
  if (webRoot) {
    // Names in /assets carry a hash of the content. A missing one is a 404, never HTML that a browser would keep.
    const assets = express.static(join(webRoot, 'assets'), { immutable: true, maxAge: '1y', index: false })
    router.use('/assets', Router().use(refuseLongNames, assets, limit, fileNotFound))
    router.use(onlyFiles(webRoot))
  }
  return router.use(limit).get(/^/, async (req, res, next) => {
    if (!isPage(req.path)) return next()
    const origin = originOf(req)
    const path = pathOf(req, origin)
    if (path === undefined) return notFound(req, res, next)
    const { status, parts, coding } = await render({
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
    res.setHeader(
      'content-length',
      parts.reduce((sum, { length }) => sum + length, 0),
    )
    for (const part of parts) res.write(part)
    res.end()
  })
}

/** The path as a browser has it; undefined for "//", "/\\", "/.//" and the like: a browser would go to another host. */
function pathOf({ path, originalUrl }: Request, origin: string): string | undefined {
  if (USUAL_PATH.test(path)) return path
  const address = URL.parse(originalUrl, origin)
  return address?.origin !== origin || address.pathname.startsWith('//') ? undefined : address.pathname
}

// Letters, digits and "-" between single slashes: nothing that a browser would read in another way.
const USUAL_PATH = /^\/(?:[\w-]+\/)*[\w-]*$/

function codingOf(req: Request): Coding {
  const header = req.get('accept-encoding')
  if (!header || header.length > LONGEST_ENCODINGS) return 'identity'
  // Without weights, as browsers send it, the order of the list means nothing: what packs best is taken.
  if (!header.includes(';')) return CODINGS.find((coding) => req.acceptsEncodings(coding)) ?? 'identity'
  const accepted = req.acceptsEncodings(...CODINGS)
  return CODINGS.find((coding) => coding === accepted) ?? 'identity'
}

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
function onlyFiles(webRoot: string): RequestHandler {
  const serve = express.static(webRoot, { index: false, maxAge: '1h', dotfiles: 'ignore', redirect: false })
  const files = readdirSync(webRoot, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `/${relative(webRoot, join(parentPath, name)).replaceAll(sep, '/')}`)
  const known = new Set(files)
  known.delete('/index.html')
  return (req, res, next) => (known.has(decoded(req.path)) ? serve(req, res, next) : next())
}

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
