import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'
import { checkSecret } from './accountSecret.ts'
import { get, post, type Endpoint } from '../api/endpoint.ts'

const stableBody = z.object({
  grant_type: z.string().optional(),
  appid: z.string().optional(),
  secret: z.string().optional(),
  force_refresh: z.boolean().optional(),
})

/** Access tokens from both endpoints, and tickets. */
export function credentialApis(platform: Platform): Endpoint[] {
  const { tokens } = platform
  return [
    get(
      '/cgi-bin/token',
      ({ query }) => {
        checkSecret(platform, query['appid'], query['secret'])
        if (query['grant_type'] !== 'client_credential') throw new Errcode(40002)
        return tokens.issueClassic()
      },
      { auth: 'own' },
    ),
    post(
      '/cgi-bin/stable_token',
      stableBody,
      ({ body }) => {
        checkSecret(platform, body.appid, body.secret)
        if (body.grant_type !== 'client_credential') throw new Errcode(40002)
        return tokens.issueStable(body.force_refresh ?? false)
      },
      { auth: 'own' },
    ),
    get('/cgi-bin/ticket/getticket', ({ query: { type } }) => {
      if (type !== 'jsapi' && type !== 'wx_card') throw new Errcode(40097)
      return { errcode: 0, errmsg: 'ok', ...tokens.issueTicket(type) }
    }),
  ]
}
