import type { RequestHandler } from 'express'
import { isOnJsDomain } from 'wechat-core'
import type { Env } from './env.ts'
import { Problem } from './problem.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses requests that would change something and come from another site's page. Browsers put `Origin` on all of
 * those; without one it is no browser, and then there is no cookie to misuse.
 */
export function sameOrigin({ publicUrl, wechat }: Env): RequestHandler {
  return (req, _res, next) => {
    const origin = req.get('origin')
    if (READING.includes(req.method) || origin === undefined || isOurs(origin, req.host)) return next()
    throw new Problem({
      status: 403,
      code: 'foreign_origin',
      title: 'Not from this site',
      detail: 'A page of another site may not do this.',
      hint: 'If this is your own page, its origin must be PUBLIC_URL or lie in WECHAT_JS_DOMAINS.',
    })
  }

  function isOurs(origin: string, host: string | undefined): boolean {
    if (origin === publicUrl) return true
    if (!URL.canParse(origin)) return false
    const url = new URL(origin)
    // The second is the page's own address in development, beside a tunnel's.
    return url.host === host || wechat.jsDomains.some((domain) => isOnJsDomain(url, domain))
  }
}
