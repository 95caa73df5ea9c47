import type { Account } from '../account.ts'
import { liesOn, type AuthorizeRefusal } from './authorize.ts'

/** A website asks who is before it. */
export interface QrConnectRequest {
  redirectUri: string
  state: string
}

/**
 * Reads the query of `/connect/qrconnect`. The order of its parameters does not matter, as nothing says that it does.
 *
 * @param query what stands after the address
 * @see https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html
 */
export function readQrConnect(
  query: URLSearchParams,
  { appId, oauthDomain }: Pick<Account, 'appId' | 'oauthDomain'>,
): QrConnectRequest | AuthorizeRefusal {
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.get('appid') !== appId)
    return refusal('AppID 参数错误', 'This AppID is not the account of the sandbox.')
  if (query.get('scope') !== 'snsapi_login')
    return refusal('Scope 参数错误或没有 Scope 权限', 'A website asks for the scope snsapi_login.')
  if (!liesOn(redirectUri, oauthDomain))
    return refusal('redirect_uri 参数错误', `redirect_uri must lie on ${oauthDomain}, the callback domain.`)
  if (query.get('response_type') !== 'code')
    return refusal('response_type 参数错误', 'response_type is "code".')
  return { redirectUri, state: query.get('state') ?? '' }
}

const refusal = (zh: string, en: string): AuthorizeRefusal => ({ code: undefined, text: { zh, en } })
