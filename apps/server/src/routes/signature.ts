import { Router } from 'express'
import { checkPageUrl, type Store, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { limitRefusals } from '../limits.ts'

/** `GET /api/wechat/signature?url=` signs the address of one of our pages for `wx.config`. */
export function signatureRoute(parts: { env: Env; wechat: Wechat; store: Store }): Router {
  const { env, wechat, store } = parts
  return Router()
    .get('/api/wechat/signature', async (req, res) => {
      const url = checkPageUrl(req.query['url'], env.wechat.jsDomains)
      const recheck = req.query['refresh'] === '1'
      res.set('cache-control', 'no-store').json(await wechat.sign(url, { recheck }))
    })
    .use('/api/wechat/signature', limitRefusals({ store, name: 'signature' }))
}
