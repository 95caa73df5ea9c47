import { z } from 'zod'
import { CHANNELS } from './visits.ts'

const params = z.object({ slug: z.string() })
const count = z.number().int()

export const sharesContract = {
  /** A beacon of a page that was opened. Answers 204 also to what does not count. */
  'POST /api/visits': {
    body: z.object({
      path: z.string().max(2048),
      /** The share id of the card by which the reader came. */
      s: z.string().max(200).nullish(),
      /** Where WeChat says that the card was tapped. */
      from: z.string().max(200).nullish(),
    }),
  },
  'GET /api/me/shares': {
    response: z.array(z.object({ slug: z.string(), readers: count, depth: count })),
  },
  'GET /api/admin/articles/:slug/shares': {
    params,
    response: z.object({
      opens: count,
      readers: count,
      shares: count,
      depth: count,
      channels: z.record(z.enum(CHANNELS), count),
    }),
  },
  'GET /api/admin/articles/:slug/shares.csv': { params },
}
