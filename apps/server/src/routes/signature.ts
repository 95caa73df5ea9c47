import { Router } from 'express'
import { checkPageUrl, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { limitRefusals } from '../limits.ts'

/** `GET /api/wechat/signature?url=` signs the address of one of our pages for `wx.config`. */
export function signatureRoute({ env, wechat }: { env: Env; wechat: Wechat }): Router {
  return Router().get('/api/wechat/signature', limitRefusals(), async (req, res) => {
    const url = checkPageUrl(req.query['url'], env.wechat.jsDomains)
    const recheck = req.query['refresh'] === '1'
    res.set('cache-control', 'no-store').json(await wechat.sign(url, { recheck }))
  })
}
