import express, { Router, type Request } from 'express'
import { isOnJsDomain } from 'wechat-core'
import type { Env } from '../env.ts'
import type { Page } from '../page.ts'
import { notFound } from '../problem.ts'

/** The web app: its files, and for every other address a page. */
export function siteRoutes({
  env,
  page,
  webRoot,
}: {
  env: Env
  page: Page
  webRoot: string | undefined
}): Router {
  const router = Router()
  router.get('/index.html', (_req, res) => res.redirect(301, '/')) // the file itself lacks what a page needs
  if (webRoot) {
    // Names in /assets carry a hash of the content. A missing one is a 404, never HTML that a browser would keep.
    router.use(
      '/assets',
      express.static(`${webRoot}/assets`, { immutable: true, maxAge: '1y', index: false }),
      notFound,
    )
    router.use(express.static(webRoot, { index: false, maxAge: '1h', dotfiles: 'ignore', redirect: false }))
  }
  return router.get(/^\/(?!api(?:\/|$))(?:[^.]*|.*\/[^.]*)$/, async (req, res, next) => {
    const origin = originOf(req, env)
    // "//", "/\\" and the like: a browser would go to another host.
    if (URL.parse(req.originalUrl, origin)?.origin !== origin) return notFound(req, res, next)
    const { status, html } = await page({
      origin,
      pathAndQuery: req.originalUrl,
      userAgent: req.get('user-agent') ?? '',
      language: req.acceptsLanguages()[0],
    })
    res
      .status(status)
      .vary('User-Agent, Accept-Language')
      .set('cache-control', 'no-cache')
      .type('html')
      .send(html)
  })
}

// Another of our domains is taken as the request names it; anything else is PUBLIC_URL, since many proxies replace the
// host and hide the scheme. The page compares before it uses what was signed for it.
function originOf(req: Request, { publicUrl, wechat }: Env): string {
  const asked = `${req.protocol}://${req.host ?? ''}`
  if (!URL.canParse(asked) || new URL(asked).host === new URL(publicUrl).host) return publicUrl
  return wechat.jsDomains.some((domain) => isOnJsDomain(new URL(asked), domain)) ? asked : publicUrl
}
