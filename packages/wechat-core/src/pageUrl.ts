import { cutHash } from './signature.ts'

const MAX_LENGTH = 2048

/** Why a URL cannot be signed: `code` is stable, the message says what to send instead. */
export class PageUrlError extends Error {
  override readonly name = 'PageUrlError'
  readonly code: 'invalid_url' | 'url_not_allowed'

  constructor(code: PageUrlError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Checks the URL of a page that asks to be signed and returns it with the hash cut, otherwise unchanged.
 * Without this check the signature route would sign for anybody's site.
 *
 * @param domains JS-safe domains as the console shows them, see {@link isOnJsDomain}
 * @throws {PageUrlError} `invalid_url` or `url_not_allowed`
 */
export function checkPageUrl(input: unknown, domains: readonly string[]): string {
  if (typeof input !== 'string' || input === '') {
    throw new PageUrlError(
      'invalid_url',
      'Send the page address once, as ?url= with encodeURIComponent(location.href).',
    )
  }
  if (input.length > MAX_LENGTH) {
    throw new PageUrlError(
      'invalid_url',
      `The address has ${input.length} characters; ${MAX_LENGTH} is the limit.`,
    )
  }
  // A host no longer than DNS allows: to write a name in Punycode takes the square of its length.
  const isAbsolute = /^https?:\/\/[^/?#]{1,260}(?:[/?#]|$)/i.test(input)
  // A backslash, a space or a control character means that browser and server would read two different addresses.
  // eslint-disable-next-line no-control-regex
  const url = isAbsolute && !/[\u0000-\u0020\u007f\\]/.test(input) ? URL.parse(input) : null
  if (!url) {
    throw new PageUrlError(
      'invalid_url',
      'The address must be absolute, with http:// or https://, as location.href is.',
    )
  }
  if (url.username || url.password) {
    throw new PageUrlError('invalid_url', 'The address must not hold a user name or password.')
  }
  if (!domains.some((domain) => isOnJsDomain(url, domain))) {
    throw new PageUrlError('url_not_allowed', `${url.host} is not one of the JS-safe domains.`)
  }
  return cutHash(input)
}

/**
 * Whether a page lies on a JS-safe domain, by the platform's rule: `host` or `host/path`, a parent domain covers
 * its sub-domains, ports 80 and 443 only. A port, or an IP address, counts only where it is written out: that is
 * what a test account accepts.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html
 */
export function isOnJsDomain(page: URL, domain: string): boolean {
  const slash = domain.indexOf('/')
  const host = (slash < 0 ? domain : domain.slice(0, slash)).toLowerCase()
  const path = slash < 0 ? '' : domain.slice(slash).replace(/\/+$/, '')
  const onPath = !path || page.pathname === path || page.pathname.startsWith(`${path}/`)
  if (!host || !onPath) return false
  if (page.host === host) return true
  const usualPort = page.port === '' || page.port === '80' || page.port === '443'
  return usualPort && (page.hostname === host || page.hostname.endsWith(`.${host}`))
}
