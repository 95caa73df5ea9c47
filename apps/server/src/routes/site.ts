import express, { Router, type Request } from 'express'
import type { Env } from '../env.ts'
import type { Page } from '../page.ts'
import { notFound } from '../problem.ts'

/** The web app: its files, and for every other address a page. */
export function siteRoutes({ env, page, webRoot }: { env: Env; page: Page; webRoot: string | undefined }): Router {
  const router = Router()
  if (webRoot) {
    // Names in /assets carry a hash of the content. A missing one is a 404, never HTML that a browser would keep.
    router.use('/assets', express.static(`${webRoot}/assets`, { immutable: true, maxAge: '1y', index: false }), notFound)
    router.use(express.static(webRoot, { index: false, maxAge: '1h', dotfiles: 'ignore', redirect: false }))
  }
  return router.get(/^\/(?!api(?:\/|$))(?:[^.]*|.*\/[^.]*)$/, async (req, res) => {
    const { status, html } = await page({ origin: originOf(req, env), pathAndQuery: req.originalUrl })
    res.status(status).set('cache-control', 'no-cache').type('html').send(html)
  })
}

// Behind a proxy the scheme is easily guessed wrong, and a signature over http:// is refused on an https:// page.
function originOf(req: Request, env: Env): string {
  const host = req.host ?? ''
  return host === new URL(env.publicUrl).host ? env.publicUrl : `${req.protocol}://${host}`
}
