import { Router } from 'express'
import { checkPageUrl, type Store, type Wechat } from 'wechat-core'
import type { Env } from '../env.ts'
import { checked } from 'starter-server/endpoint'
import { limitRefusals } from 'starter-server/limits'
import { wechatContract } from './contract.ts'

const contract = wechatContract['GET /api/wechat/signature']

/**
 * `GET /api/wechat/signature?url=` signs the address of one of our pages for `wx.config`. Where the page asks for a
 * check of the ticket, the header `wechat-recheck-after` says in how many seconds WeChat may be asked again: a page
 * that is refused until then can say why.
 */
export function signatureRoute(parts: { env: Env; wechat: Wechat; store: Store }): Router {
  const { env, wechat, store } = parts
  return Router()
    .get('/api/wechat/signature', async (req, res) => {
      const query = checked(contract.query, req.query)
      const url = checkPageUrl(query.url, env.wechat.jsDomains)
      const recheck = query.refresh !== undefined
      const signed = await wechat.sign(url, { recheck })
      const wait = recheck ? await wechat.credentials.untilRecheck() : undefined
      if (wait !== undefined) res.set('wechat-recheck-after', String(Math.ceil(wait / 1000)))
      res.setHeader('cache-control', 'no-store')
      res.setHeader('content-type', 'application/json; charset=utf-8')
      res.end(JSON.stringify(signed))
    })
    .use('/api/wechat/signature', limitRefusals({ store, name: 'signature' }))
}
