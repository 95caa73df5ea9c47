import type { Router } from 'express'
import { route } from 'starter-server/endpoint'
import type { Articles } from './articles.ts'
import { articlesContract } from './contract.ts'
import type { Env } from '../env.ts'

// Headers that a proxy or a tunnel adds: then it is not, or not surely, the writer who asks.
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * Development only: `GET /api/content-problems` tells the list page which articles are left out, and why. What is
 * wrong with a draft is for people at this machine; through a tunnel the list is empty.
 */
export function contentProblemsRoute({ env, articles }: { env: Env; articles: Articles }): Router {
  const isTunneled = !OWN_NAMES.includes(new URL(env.publicUrl).hostname)
  return route(articlesContract, 'GET /api/content-problems', async ({ req }) => {
    const isOwn =
      !isTunneled &&
      OWN_NAMES.includes(req.hostname) &&
      FORWARDED.every((name) => req.get(name) === undefined)
    return isOwn ? articles.problems() : []
  })
}
