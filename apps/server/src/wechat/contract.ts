import { z } from 'zod'

export const wechatContract = {
  /** A `wx.config` for one of our pages. The header `wechat-recheck-after`: in how many seconds it may be checked again. */
  'GET /api/wechat/signature': {
    query: z.object({
      url: z.string('url has to be the address of one page.'),
      /** WeChat has refused the last signature: the ticket is checked. Anything else is as if it were not there. */
      refresh: z.literal('1').optional().catch(undefined),
    }),
    response: z.object({
      appId: z.string(),
      /** Seconds since 1970. */
      timestamp: z.number(),
      nonceStr: z.string(),
      signature: z.string(),
      /** The address that was signed: the one asked for, without its hash. */
      url: z.string(),
    }),
  },
  /** A beacon of a page: how its card stands, or with which code it failed. Counted in the metrics. */
  'POST /api/share-report': {
    body: z.object({ outcome: z.string().min(1).max(64), code: z.string().min(1).max(64).nullish() }),
  },
}
