import { isIP } from 'node:net'
import type { Express } from 'express'

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

/**
 * Tells Express whom to believe. A page asks three times whether the machine that it comes from is a proxy of ours, and
 * one page after the other comes from the same: the last answer is kept.
 */
export function trustProxy(app: Express, value: boolean | number | string): void {
  app.set('trust proxy', value)
  const trusts: (address: string | undefined, hop: number) => boolean = app.get('trust proxy fn')
  let [last, isTrusted]: [string | undefined, boolean] = [undefined, trusts(undefined, 0)]
  app.set('trust proxy', (address: string | undefined, hop: number) => {
    if (hop > 0) return trusts(address, hop)
    if (address !== last) [last, isTrusted] = [address, trusts(address, 0)]
    return isTrusted
  })
}
