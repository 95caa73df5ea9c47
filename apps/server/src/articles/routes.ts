import { Router } from 'express'
import type { Articles } from './articles.ts'
import { Problem } from '../http/problem.ts'

/** `GET /api/articles` lists them, `GET /api/articles/:slug` adds the text as HTML. */
export function articleRoutes({ articles }: { articles: Articles }): Router {
  return Router()
    .get('/api/articles', async (_req, res) => {
      res.set('cache-control', 'no-cache').json(await articles.list())
    })
    .get('/api/articles/:slug', async (req, res) => {
      const article = await articles.find(req.params.slug)
      if (!article) {
        throw new Problem({
          status: 404,
          code: 'article_not_found',
          title: 'Article not found',
          detail: 'There is no article at this address.',
        })
      }
      res.set('cache-control', 'no-cache').json(article)
    })
}
