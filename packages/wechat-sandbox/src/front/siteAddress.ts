/** Names of this machine: a site that is reached by one of them may call itself by another. */
const OWN_NAMES = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/i

/** Whether a host name, or an address as a socket has it, means this machine. */
export const isOwnMachine = (hostname: string): boolean => OWN_NAMES.test(hostname)

const PRIVATE = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd][\da-f]{2}:|^fe80:|^::1$/i

/** Whether the address of a socket is of this machine or of a network around it, where certificates are home-made. */
export function isNearby(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isOwnMachine(plain) || PRIVATE.test(plain)
}

/**
 * An address to which the site sends the browser, led through the sandbox: what is the site's own, under the name by
 * which it is reached or by which the browser asked, becomes a path. Everything else stays as it is.
 */
export function throughSandbox(address: string, siteUrl: URL, askedHost: string | undefined): string {
  const parts = /^(https?):\/\/([^/?#\\]+)(.*)$/i.exec(address)
  if (!parts || !URL.canParse(address)) return address
  const { hostname, host, port } = new URL(address)
  // The scheme does not count: which one is asked by says only what stands before the site.
  const isSite =
    host === askedHost ||
    (hostname === siteUrl.hostname && port === siteUrl.port) ||
    (isOwnMachine(hostname) && isOwnMachine(siteUrl.hostname) && port === siteUrl.port)
  if (!isSite) return address
  const rest = parts[3] ?? ''
  // One slash, so that no other host is meant.
  return rest.startsWith('/') ? rest.replace(/^[/\\]+/, '/') : `/${rest}`
}
