import { z } from 'zod'
import { WechatApiError } from './errors.ts'
import type { Http } from './http.ts'

/** `snsapi_base`: silent, openid only. `snsapi_userinfo`: asks the person, gives the profile. */
export type OAuthScope = 'snsapi_base' | 'snsapi_userinfo'

export interface AuthorizeUrlInput {
  appId: string
  /** Where WeChat sends the browser back to; its host must be the OAuth callback domain of the console. */
  redirectUri: string
  scope: OAuthScope
  /** Letters and digits, at most 128; WeChat returns it unchanged. */
  state: string
  /** Default `https://open.weixin.qq.com`. */
  openUrl?: string
}

/**
 * The address that starts a login. WeChat checks the order of the parameters by a strict pattern, and
 * `#wechat_redirect` is always needed. `connect_redirect=1` keeps some clients from calling back twice.
 *
 * @throws {TypeError} the state has other characters than letters and digits, or is too long
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function buildAuthorizeUrl(input: AuthorizeUrlInput): string {
  if (!/^[a-zA-Z0-9]{1,128}$/.test(input.state))
    throw new TypeError('state must be 1 to 128 letters and digits')
  const open = (input.openUrl ?? 'https://open.weixin.qq.com').replace(/\/+$/, '')
  return (
    `${open}/connect/oauth2/authorize?appid=${encodeURIComponent(input.appId)}` +
    `&redirect_uri=${encodeURIComponent(input.redirectUri)}&response_type=code&scope=${input.scope}` +
    `&state=${input.state}&connect_redirect=1#wechat_redirect`
  )
}

/** What a code is exchanged for. The tokens belong to this person and stay on the server. */
export interface OAuthGrant {
  openid: string
  /** Scopes that were granted, comma separated when there are several. */
  scope: string
  accessToken: string
  refreshToken: string | undefined
  /** Seconds. */
  expiresIn: number
  unionid: string | undefined
  /** True for the virtual visitor of WeChat's snapshot mode: never make a user of it. */
  snapshot: boolean
}

export interface OAuthProfile {
  openid: string
  nickname: string
  /** Address of the avatar, empty when there is none. It dies when the person changes the avatar. */
  avatar: string
  unionid: string | undefined
}

export interface OAuth {
  /** Exchanges a code, which works exactly once. @throws {WechatApiError} 40029, 40163, 42003: start the login again */
  exchangeCode(code: string): Promise<OAuthGrant>
  /**
   * A new access token without asking the person, for as long as the refresh token lives: 30 days.
   *
   * @throws {WechatApiError} 40030, 42002, 42007: only a new login helps
   */
  refreshGrant(refreshToken: string): Promise<OAuthGrant>
  /**
   * Whether a grant's access token still works (`sns/auth`).
   *
   * @throws {WechatApiError} WeChat did not look: it is busy, or refuses this server
   * @throws {WechatTransportError} no answer
   */
  checkGrant(grant: Pick<OAuthGrant, 'accessToken' | 'openid'>): Promise<boolean>
  /** Reads the profile; needs a grant of `snsapi_userinfo`. @throws {WechatApiError} 48001 for any other */
  fetchProfile(grant: Pick<OAuthGrant, 'accessToken' | 'openid'>): Promise<OAuthProfile>
}

const grantSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().int().positive(),
  refresh_token: z.string().optional(),
  openid: z.string().min(1),
  scope: z.string(),
  unionid: z.string().optional(),
  is_snapshotuser: z.number().optional(),
})

const profileSchema = z.object({
  openid: z.string().min(1),
  nickname: z.string(),
  headimgurl: z.string().catch(''),
  unionid: z.string().optional(),
})

/** Web login of an account, the server's half. */
export function createOAuth(options: { appId: string; appSecret: string; http: Http }): OAuth {
  const { appId, appSecret, http } = options
  return {
    async exchangeCode(code) {
      const answer = await http({
        method: 'GET',
        path: '/sns/oauth2/access_token',
        query: { appid: appId, secret: appSecret, code, grant_type: 'authorization_code' },
        schema: grantSchema,
      })
      return toGrant(answer)
    },
    async refreshGrant(refreshToken) {
      const answer = await http({
        method: 'GET',
        path: '/sns/oauth2/refresh_token',
        query: { appid: appId, grant_type: 'refresh_token', refresh_token: refreshToken },
        schema: grantSchema,
      })
      return toGrant(answer)
    },
    async checkGrant(grant) {
      try {
        const query = { access_token: grant.accessToken, openid: grant.openid }
        await http({ method: 'GET', path: '/sns/auth', query, schema: z.object({}) })
        return true
      } catch (error) {
        // Busy, over quota, not on the whitelist: that says nothing about the grant.
        if (error instanceof WechatApiError && ['login', 'recipient'].includes(error.kind)) return false
        throw error
      }
    },
    async fetchProfile(grant) {
      const answer = await http({
        method: 'GET',
        path: '/sns/userinfo',
        query: { access_token: grant.accessToken, openid: grant.openid, lang: 'zh_CN' },
        schema: profileSchema,
      })
      return {
        openid: answer.openid,
        nickname: answer.nickname,
        avatar: answer.headimgurl,
        unionid: answer.unionid,
      }
    },
  }
}

function toGrant(answer: z.output<typeof grantSchema>): OAuthGrant {
  return {
    openid: answer.openid,
    scope: answer.scope,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresIn: answer.expires_in,
    unionid: answer.unionid,
    snapshot: answer.is_snapshotuser === 1,
  }
}
