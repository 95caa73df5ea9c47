import type { ServerResponse } from 'node:http'
import type { CookieOptions } from 'express'

/** The site's own origin, e.g. `https://h5.example.com`. */
interface Site {
  publicUrl: string
}

interface PlainCookie {
  name: string
  /** Letters that need no escape, as base64url has. */
  value: string
  /** How long the browser keeps it, in seconds. */
  maxAge: number
}

/**
 * The name under which a cookie is set. On https a browser takes one that begins with `__Host-` from this host alone: a
 * sibling domain can set any other for the parent domain, and so bring its own session here.
 */
export function cookieName({ publicUrl }: Site, name: string): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name
}

/** What every cookie of ours has; `__Host-` wants Secure, the path "/" and no domain. */
export function cookieOptions({ publicUrl }: Site): CookieOptions & { path: string } {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(publicUrl), path: '/' }
}

/**
 * Sets a cookie of ours, as `res.cookie` does, for pages that nobody should wait for.
 */
export function setPlainCookie(res: ServerResponse, site: Site, cookie: PlainCookie): void {
  const secure = isHttps(site.publicUrl) ? '; Secure' : ''
  const { name, value, maxAge } = cookie
  const text = `${cookieName(site, name)}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly${secure}; SameSite=Lax`
  res.appendHeader('set-cookie', text)
}

/** The cookies that a request carries, in its order; of two with one name both. */
export function readCookies(header = ''): { name: string; value: string }[] {
  if (!header) return []
  return header.split(';').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return { name: cut(name), value: cut(value.join('=')) }
  })
}

// Space and tab only, as browsers do. Whatever else looks like a blank belongs to the name: a sibling domain may set
// one that only looks like ours.
function cut(text: string): string {
  let [start, end] = [0, text.length]
  while (isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\t'

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith('https:')
}
