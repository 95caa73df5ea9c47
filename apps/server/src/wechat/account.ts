import { createWechat, type TokenSource, type Wechat, type WechatOptions } from 'wechat-core'
import { z } from 'zod'
import type { Env } from '../env.ts'

const answerSchema = z.object({ access_token: z.string(), expires_in: z.number() })
const TIME_LIMIT = 5000 // milliseconds

/** The account of the environment: the one that the server serves, and that the doctor looks at. */
export function openAccount(
  env: Env,
  parts: Pick<WechatOptions, 'store' | 'now' | 'onEvent' | 'timeoutMs'>,
): Wechat {
  const { appId = '', appSecret = '', apiUrl, tokenEndpoint } = env.wechat
  return createWechat({ ...parts, appId, appSecret, apiUrl, tokenSource: tokenSourceOf(tokenEndpoint) })
}

/** What `WECHAT_TOKEN_ENDPOINT` names, as wechat-core takes it. */
function tokenSourceOf(endpoint: string): TokenSource {
  if (endpoint === 'stable_token' || endpoint === 'token') return endpoint
  return async () => {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(TIME_LIMIT) })
    const answer = answerSchema.parse(await response.json())
    return { accessToken: answer.access_token, expiresIn: answer.expires_in }
  }
}
