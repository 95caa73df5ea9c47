import type { Account } from '../account.ts'
import type { Scope } from './logins.ts'
import type { Words } from '../words.ts'

/** The authorize request was read and may go on. */
export interface AuthorizeRequest {
  redirectUri: string
  scope: Scope
  state: string
  /** Consent is asked for in any case but the silent ones. */
  forcePopup: boolean
  /** The page opens as a snapshot, but for whom has lately logged in and in the silent cases. */
  forceSnapShot: boolean
}

/** What WeChat's authorize page says instead of going on. */
export interface AuthorizeRefusal {
  code: number | undefined
  text: Words
}

const ORDER =
  /^appid=[^&]*&redirect_uri=[^&]*&response_type=code&scope=[^&]*(&state=[^&]*)?(&(connect_redirect=1|forcePopup=(true|false)|forceSnapShot=(true|false)))*$/

/**
 * Reads the query of `/connect/oauth2/authorize`, which WeChat holds against a strict pattern.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function readAuthorize(
  rawQuery: string,
  account: Account,
  emptyState: 'allowed' | '10013' = 'allowed',
): AuthorizeRequest | AuthorizeRefusal {
  const query = new URLSearchParams(rawQuery)
  const missing = (
    [
      ['scope', 10010],
      ['redirect_uri', 10011],
      ['appid', 10012],
      ['state', 10013],
    ] as const
  ).find(([name]) => !query.get(name) && (name !== 'state' || emptyState === '10013'))
  if (missing)
    return { code: missing[1], text: { en: `${missing[0]} is empty.`, zh: `${missing[0]} 为空。` } }
  if (!ORDER.test(rawQuery)) {
    return {
      code: undefined,
      text: {
        en: 'The parameters must stand in this order: appid, redirect_uri, response_type, scope, state.',
        zh: '参数必须按这个顺序：appid、redirect_uri、response_type、scope、state。',
      },
    }
  }
  const redirectUri = query.get('redirect_uri') ?? ''
  const scope = query.get('scope')
  const state = query.get('state') ?? ''
  if (query.get('appid') !== account.appId)
    return {
      code: 10016,
      text: { en: 'This AppID is not the account of the sandbox.', zh: '这个 AppID 不是模拟器里的公众号。' },
    }
  if (!liesOn(redirectUri, account.oauthDomain)) {
    return {
      code: 10003,
      text: {
        en: `redirect_uri must lie on ${account.oauthDomain}, the OAuth callback domain of the account.`,
        zh: `redirect_uri 必须在公众号的网页授权域名 ${account.oauthDomain} 之下。`,
      },
    }
  }
  if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo')
    return {
      code: 10005,
      text: { en: `The account has no scope "${scope}".`, zh: `公众号没有 ${scope} 这个 scope 的权限。` },
    }
  if (!/^[a-zA-Z0-9]{0,128}$/.test(state))
    return {
      code: undefined,
      text: {
        en: 'state must be letters and digits, 128 at most.',
        zh: 'state 只能是字母和数字，最多 128 个。',
      },
    }
  return {
    redirectUri,
    scope,
    state,
    forcePopup: query.get('forcePopup') === 'true',
    forceSnapShot: query.get('forceSnapShot') === 'true',
  }
}

/** Whether an address lies on a callback domain: sub-domains do not count, a path that was entered must match (网页授权). */
export function liesOn(address: string, domain: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, pathname } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const [wanted, ...path] = domain.split('/')
  const below = `/${path.join('/')}`.replace(/\/$/, '')
  return host === wanted && (pathname === below || pathname.startsWith(`${below}/`))
}

/** Where the browser goes once the person has agreed: `code` and `state` are added, a hash stays last. */
export function redirectWithCode(
  request: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  code: string,
): string {
  const { redirectUri, state } = request
  const end = redirectUri.includes('#') ? redirectUri.indexOf('#') : redirectUri.length
  const address = redirectUri.slice(0, end)
  const joint = address.includes('?') ? '&' : '?'
  return `${address}${joint}code=${code}&state=${state}${redirectUri.slice(end)}`
}
