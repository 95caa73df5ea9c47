import type { CookieOptions } from 'express'

/** The site's own origin, e.g. `https://h5.example.com`. */
interface Site {
  publicUrl: string
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

/** The cookies that a request carries, in its order; of two with one name both. */
export function readCookies(header = ''): { name: string; value: string }[] {
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
