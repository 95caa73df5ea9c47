const BASE = 'http://this.site.invalid'
const MAX_LENGTH = 1024

/**
 * The path a login may lead back to, without `code` and `state`; undefined when it could lead off this site.
 * What a browser makes of an address decides, so it is read by the same parser.
 */
export function safeReturnTo(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > MAX_LENGTH || !/^\/(?![/\\])/.test(input)) return undefined
  // Browsers drop tabs and line ends and take a backslash for a slash.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\\]/.test(input) || !URL.canParse(input, BASE)) return undefined
  const url = new URL(input, BASE)
  // "/.//evil.example" becomes "//evil.example" once the dots are resolved.
  if (url.origin !== BASE || url.pathname.startsWith('//') || /^\/api(\/|$)/i.test(url.pathname))
    return undefined
  for (const name of ['code', 'state']) if (url.searchParams.has(name)) url.searchParams.delete(name)
  return url.pathname + url.search + url.hash
}
