import type { RequestHandler } from 'express'

/**
 * Hands on what is asked for under `/api`. All else passes by in one step: a router that has nothing for a request gives
 * it back in the next turn of the event loop, and a page would wait a turn for each of them.
 */
export function underApi(routes: RequestHandler): RequestHandler {
  return (req, res, next) => (UNDER_API.test(req.path) ? routes(req, res, next) : next())
}

/** What is under `/api`, as Express compares: without regard to case. */
export const UNDER_API = /^\/api(?:\/|$)/i
