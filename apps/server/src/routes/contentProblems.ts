import { Router } from 'express'
import type { Articles } from '../articles.ts'

/** Development only: `GET /api/content-problems` tells the list page which articles are left out, and why. */
export function contentProblemsRoute({ articles }: { articles: Articles }): Router {
  return Router().get('/api/content-problems', async (_req, res) => {
    res.set('cache-control', 'no-store').json(await articles.problems())
  })
}
