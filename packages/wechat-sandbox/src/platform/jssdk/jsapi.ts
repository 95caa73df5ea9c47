import { createHash } from 'node:crypto'
import type { Account } from '../account.ts'
import type { Tokens } from '../credentials/tokens.ts'

/** What `preVerifyJSAPI` hands to the app, all as strings. */
export interface JsapiClaim {
  appId: string
  timestamp: string
  nonceStr: string
  signature: string
}

export type JsapiVerdict =
  | { ok: true; url: string }
  | { ok: false; reason: 'invalid url domain' | 'invalid signature' | 'fail'; urls: string[] }

/**
 * Recomputes the signature of a page from the ticket and the addresses that count for it. Written from the
 * platform's description alone, so that a mistake in the site's signing can't hide in shared code.
 */
export function judgeJsapi(
  account: Account,
  tokens: Tokens,
  claim: JsapiClaim,
  urls: string[],
): JsapiVerdict {
  if (!claim.appId || !claim.timestamp || !claim.nonceStr || !claim.signature)
    return { ok: false, reason: 'fail', urls }
  if (claim.appId !== account.appId || !urls.some((url) => isSafeDomain(url, account.jsDomains))) {
    return { ok: false, reason: 'invalid url domain', urls }
  }
  for (const url of urls) {
    for (const ticket of tokens.validTickets('jsapi')) {
      const text = `jsapi_ticket=${ticket}&noncestr=${claim.nonceStr}&timestamp=${claim.timestamp}&url=${url}`
      if (createHash('sha1').update(text).digest('hex') === claim.signature) return { ok: true, url }
    }
  }
  return { ok: false, reason: 'invalid signature', urls }
}

/** The console's rule for JS-safe domains; a port counts only where it is written out (test accounts). */
export function isSafeDomain(address: string, domains: string[]): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  return domains.some((entered) => {
    // Upper case, a trailing slash and a port that goes without saying are how people enter it, too.
    const domain = entered
      .toLowerCase()
      .replace(/\/$/, '')
      .replace(/:(80|443)(?=\/|$)/, '')
    const [host = '', ...rest] = domain.split('/')
    const path = rest.length ? `/${rest.join('/')}` : ''
    if (path && url.pathname !== path && !url.pathname.startsWith(`${path}/`)) return false
    if (host.includes(':')) return url.host === host
    const port = url.port === '' || url.port === '80' || url.port === '443'
    return port && (url.hostname === host || url.hostname.endsWith(`.${host}`))
  })
}
