import type { IncomingMessage } from 'node:http'

/**
 * Whether the server answers this address and not Vite. Files have a dot in their name, Vite's own modules an @ or two
 * underscores; everything else is a page or the API, and a few files are made by the server.
 */
export function isForServer(url: string): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  const isMade = /^\/(MP_verify_[^/]*\.txt|robots\.txt|sitemap\.xml)$/.test(path)
  if (path.startsWith('/api/') || isMade) return true
  return path.startsWith('/') && !/[.@]|^\/__/.test(path)
}

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']

const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])$/i

/**
 * Whether a person at this machine asks. Where PUBLIC_URL is a tunnel's nobody can tell: some tunnels write localhost
 * into Host and add no header. Else a name that was pointed here is told by Host, a proxy by what it adds, and a page of
 * another site that uses this browser by Sec-Fetch-Site.
 */
export function isOwnMachine({ headers }: IncomingMessage, publicUrl = process.env['PUBLIC_URL']): boolean {
  if (publicUrl && !OWN_NAME.test(new URL(publicUrl).hostname)) return false
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '')) return false
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false
  return ['same-origin', 'none', undefined].includes(headers['sec-fetch-site']?.toString())
}
