import type { RequestHandler } from 'express'
import { Problem } from './problem.ts'

export interface Site {
  /** Its origin, e.g. `https://h5.example.com`. */
  publicUrl: string
  production: boolean
}

/**
 * Refuses requests that come from another site's page; for those that would change something. Browsers put `Origin` on
 * all of them; without one it is no browser, and then there is no cookie to misuse.
 */
export function sameOrigin({ publicUrl, production }: Site): RequestHandler {
  // In development a page is open at localhost as well, beside the tunnel's https.
  const schemes = production ? [new URL(publicUrl).protocol] : ['http:', 'https:']
  return (req, _res, next) => {
    const origin = req.get('origin')
    if (origin === undefined || isOurs(origin, req.host)) return next()
    throw new Problem({
      status: 403,
      code: 'foreign_origin',
      title: 'Not from this site',
      detail: 'A page of another site may not do this.',
      hint: 'If this is your own page, set PUBLIC_URL to its origin.',
    })
  }

  // Exactly: a sub-domain may belong to somebody else. The second is another domain of ours that leads here.
  function isOurs(origin: string, host: string | undefined): boolean {
    return origin === publicUrl || schemes.some((scheme) => origin === `${scheme}//${host}`)
  }
}
