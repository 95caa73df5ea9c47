import { isIP } from 'node:net'

const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** Whether this can be Express's `trust proxy`: a yes or no, how many proxies, or their addresses. */
export function isTrustProxy(text: string): boolean {
  if (/^(true|false|off|\d{1,3})$/.test(text)) return true
  return text.split(',').every((part) => {
    const [address = '', bits, ...more] = part.trim().split('/')
    if (NAMED_NETWORKS.includes(address) && bits === undefined) return true
    return isIP(address) !== 0 && more.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits))
  })
}

/** The value for Express of what `isTrustProxy` takes. */
export function toTrustProxy(text: string): boolean | number | string {
  if (text === 'true') return true
  if (text === 'false' || text === 'off') return false
  return /^\d+$/.test(text) ? Number(text) : text
}
