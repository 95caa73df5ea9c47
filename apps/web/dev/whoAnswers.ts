import type { IncomingMessage } from 'node:http'

/**
 * Whether the server answers this address and not Vite. Files have a dot in their name, Vite's own modules an @ or two
 * underscores; everything else is a page or the API.
 */
export function isForServer(url: string): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  if (path.startsWith('/api/') || /^\/MP_verify_[^/]*\.txt$/.test(path)) return true
  return path.startsWith('/') && !/[.@]|^\/__/.test(path)
}

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']

/**
 * Whether a person at this machine asks. A tunnel's request names the tunnel as its host, or says that it was
 * forwarded; a page of another site that uses this browser is told by Sec-Fetch-Site.
 */
export function isOwnMachine({ headers }: IncomingMessage): boolean {
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '')) return false
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false
  return ['same-origin', 'none', undefined].includes(headers['sec-fetch-site']?.toString())
}
