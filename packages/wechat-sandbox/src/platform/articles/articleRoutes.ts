import express, { type Request, type Router } from 'express'
import { visitorOf } from '../oauth/visitor.ts'
import { publicAddress } from '../publicAddress.ts'
import type { Platform } from '../platform.ts'
import type { Article } from './article.ts'
import { ARTICLE_HEADERS, articlePage, deletedPage } from './articlePage.ts'

/** The pages of articles and the pictures in them. Nobody guesses the id of a draft. */
export function articleRoutes(platform: Platform): Router {
  const { account, materials } = platform
  const router = express.Router()
  router.get('/s/:set/:number', (req, res, next) => {
    const found = findArticle(platform, req.params.set, Number(req.params.number) - 1)
    if (found === undefined) return next()
    res.set(ARTICLE_HEADERS).type('html')
    if (found === 'deleted') return void res.send(deletedPage())
    const list = found.article_type === 'newspic' ? (found.image_info?.image_list ?? []) : []
    const pictures = list.map((one) => publicAddress(platform, req, `/mmbiz/${one.image_media_id}`))
    noteRead(platform, req, req.params.set, Number(req.params.number) - 1)
    res.send(articlePage(found, { account: account.name, pictures }))
  })
  router.get('/mmbiz/:id', (req, res, next) => {
    const picture = materials.picture(req.params.id)
    if (!picture) return next()
    res
      .set({ 'cache-control': 'max-age=3600', 'x-content-type-options': 'nosniff' })
      .type(picture.contentType)
      .send(picture.bytes)
  })
  return router
}

// Who looks at a draft is no reader.
function noteRead(platform: Platform, req: Request, set: string, index: number): void {
  const { publications, articleReads, people, identities, now } = platform
  if (!publications.get(set)) return
  const openid = identities.openidOf(visitorOf(req, people).person)
  articleReads.add({ at: now(), articleId: set, index, openid })
}

function findArticle(
  { drafts, uploadedNews, publications }: Platform,
  set: string,
  at: number,
): Article | 'deleted' | undefined {
  const published = publications.get(set)
  if (published) return published.deleted.has(at) ? 'deleted' : published.articles[at]
  return (drafts.get(set) ?? uploadedNews.get(set))?.articles[at]
}
