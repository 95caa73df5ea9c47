import type { TokenSource } from 'wechat-core'
import { z } from 'zod'

const answerSchema = z.object({ access_token: z.string(), expires_in: z.number() })
const TIME_LIMIT = 5000 // milliseconds

/** What `WECHAT_TOKEN_ENDPOINT` names, as wechat-core takes it. */
export function tokenSourceOf(endpoint: string): TokenSource {
  if (endpoint === 'stable_token' || endpoint === 'token') return endpoint
  return async () => {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(TIME_LIMIT) })
    const answer = answerSchema.parse(await response.json())
    return { accessToken: answer.access_token, expiresIn: answer.expires_in }
  }
}
