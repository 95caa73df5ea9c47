import { Router } from 'express'
import type { Env } from '../env.ts'
import { escapeHtml } from 'starter-server/escapeHtml'
import { limitPages } from 'starter-server/limits'
import type { Pages } from './pages.ts'

/** `/sitemap.xml` lists the pages for search engines, `/robots.txt` names it. */
export function sitemapRoutes({ env, pages }: { env: Env; pages: Pages }): Router {
  return Router()
    .get('/robots.txt', (_req, res) => {
      res.type('text/plain').send(`User-agent: *\nDisallow: /api/\nSitemap: ${env.publicUrl}/sitemap.xml\n`)
    })
    .get('/sitemap.xml', limitPages(), async (_req, res) => {
      const addresses = await pages.addresses()
      const urls = addresses.map((path) => `  <url><loc>${escapeHtml(env.publicUrl + path)}</loc></url>\n`)
      res
        .set('cache-control', 'no-cache')
        .type('application/xml')
        .send(
          `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`,
        )
    })
}
