import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'
import { checkAppId, checkSecret } from '../credentials/accountSecret.ts'
import { get, type Endpoint } from '../api/endpoint.ts'

/** Web OAuth after the authorize page: exchange, renewal, profile and check. */
export function snsApis(platform: Platform): Endpoint[] {
  const { account, logins } = platform
  const own = { auth: 'own' } as const
  return [
    get(
      '/sns/oauth2/access_token',
      ({ query }) => {
        checkSecret(platform, query['appid'], query['secret'])
        if (query['grant_type'] !== 'authorization_code') throw new Errcode(40002)
        return logins.exchange(query['code'])
      },
      own,
    ),
    get(
      '/sns/oauth2/refresh_token',
      ({ query }) => {
        checkAppId(account.appId, query['appid'])
        if (query['grant_type'] !== 'refresh_token') throw new Errcode(40002)
        return logins.refresh(query['refresh_token'])
      },
      own,
    ),
    get('/sns/userinfo', ({ query }) => logins.profile(query['access_token'], query['openid']), own),
    get(
      '/sns/auth',
      ({ query }) => {
        logins.check(query['access_token'], query['openid'])
        return { errcode: 0, errmsg: 'ok' }
      },
      own,
    ),
  ]
}
