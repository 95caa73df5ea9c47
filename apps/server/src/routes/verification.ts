import { Router } from 'express'
import { verifyServerSignature } from 'wechat-core'
import type { Env } from '../env.ts'
import { Problem } from '../problem.ts'

/**
 * `GET /api/wechat`: the console asks whether this server knows the Token before it saves the address.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
 */
export function verificationRoute({ env, now }: { env: Env; now: () => number }): Router {
  return Router().get('/api/wechat', (req, res) => {
    const { token } = env.wechat
    if (!token) {
      throw new Problem({
        status: 404,
        code: 'push_not_configured',
        title: 'Not configured',
        detail: 'This server takes no messages from WeChat.',
        hint: 'Set WECHAT_TOKEN to the Token of the server configuration.',
      })
    }
    const { signature, timestamp, nonce, echostr } = req.query
    if (![signature, timestamp, nonce, echostr].every((value) => typeof value === 'string' && value !== '')) {
      throw new Problem({
        status: 400,
        code: 'invalid_parameter',
        title: 'Parameters missing',
        detail: 'signature, timestamp, nonce and echostr are needed, each once.',
      })
    }
    const given = { signature: String(signature), timestamp: String(timestamp), nonce: String(nonce) }
    if (!verifyServerSignature({ token, ...given, now: now() })) {
      throw new Problem({
        status: 403,
        code: 'invalid_signature',
        title: 'Signature not valid',
        detail: "The signature was not made with this server's Token, or it is older than 10 minutes.",
        hint: 'Enter the same Token in the console and in WECHAT_TOKEN, and check the clock of this machine.',
      })
    }
    res.type('text/plain').send(String(echostr))
  })
}
