import { Router } from 'express'
import type { Store, WechatPush } from 'wechat-core'
import { limitRefusals } from '../limits.ts'
import { Problem } from '../problem.ts'

/**
 * `/api/wechat`, the callback address: GET is the console's check, POST is what WeChat sends. What happens then is
 * decided in `pushes/`.
 */
export function pushRoute({ push, store }: { push: WechatPush | undefined; store: Store }): Router {
  return Router()
    .all('/api/wechat', push ?? notConfigured)
    .use('/api/wechat', limitRefusals({ store, name: 'push' }))
}

function notConfigured(): never {
  throw new Problem({
    status: 404,
    code: 'push_not_configured',
    title: 'Not configured',
    detail: 'This server takes no messages from WeChat.',
    hint: 'Set WECHAT_TOKEN to the Token of the server configuration.',
  })
}
