import { Router, type RequestHandler } from 'express'
import {
  verifyServerSignature,
  wechatPush,
  type Store,
  type WechatPush,
  type WechatPushOptions,
} from 'wechat-core'
import type { Env } from '../env.ts'
import { limitRefusals, refuseLimited } from 'starter-server/limits'
import { Problem } from 'starter-server/problem'

interface PushRouteParts {
  env: Env
  push: WechatPush | undefined
  store: Store
  /** Milliseconds since 1970. */
  now: () => number
}

/** What takes messages and events from WeChat; undefined without a Token. */
export function openPush({
  env,
  ...parts
}: Pick<WechatPushOptions, 'wechat' | 'store' | 'handlers' | 'onEvent' | 'now'> & { env: Env }):
  WechatPush | undefined {
  const { token, encodingAesKey, pushMode: mode } = env.wechat
  return token ? wechatPush({ ...parts, token, encodingAesKey, mode }) : undefined
}

/**
 * `/api/wechat`, the callback address: GET is the console's check, POST is what WeChat sends. What happens then is
 * decided by the handlers in `pushHandlers.ts`.
 */
export function pushRoute({ env, push, store, now }: PushRouteParts): Router {
  const limited = { store, name: 'push' }
  return Router()
    .post('/api/wechat', unlessFromWechat(refuseLimited(limited)))
    .all('/api/wechat', push ?? notConfigured)
    .use('/api/wechat', limitRefusals(limited))

  // WeChat signs the query in every mode. Behind a proxy that hides addresses, strangers must not use up its share.
  function unlessFromWechat(refuse: RequestHandler): RequestHandler {
    const { token = '' } = env.wechat
    return (req, res, next) => {
      const { signature, timestamp, nonce } = req.query
      const isSigned =
        typeof signature === 'string' &&
        typeof timestamp === 'string' &&
        typeof nonce === 'string' &&
        verifyServerSignature({ token, signature, timestamp, nonce, now: now() })
      if (isSigned) next()
      else void refuse(req, res, next)
    }
  }
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
