import type { Account } from '../platform/account.ts'
import { SANDBOX_PATH } from '../sandboxPath.ts'
import type { PageLeads } from '../native/bridgeScript.ts'
import { isOwnMachine } from './siteAddress.ts'

/**
 * What browsers ask WeChat's hosts for, and the sandbox has: below its own path at the same path. All else of theirs (an
 * article, a style) stays where it is.
 */
const OF_WECHAT: Readonly<Record<string, RegExp>> = {
  'open.weixin.qq.com': /^\//,
  'mp.weixin.qq.com': /^\/cgi-bin\/showqrcode(?=[?#]|$)/,
  'res.wx.qq.com': /^\/open\/js\/jweixin-/,
  'res2.wx.qq.com': /^\/open\/js\/jweixin-/,
}

/** Where the addresses lead that a site sends the browser to. */
export interface Leads {
  /**
   * An address as the sandbox has it: what is the site's own or WeChat's becomes a path, everything else stays as it is.
   *
   * @param askedHost the name by which the browser asked
   */
  lead(address: string, askedHost: string | undefined): string
  /** The query of a login with its redirect_uri at the name that the browser has for the site. */
  leadLogin(address: string, origin: string): string
  /** What the bridge in a page has to know to do the same there. */
  ofPage(): PageLeads
  /** What a policy of a page has to allow besides the bridge. */
  readonly scriptPaths: readonly string[]
}

/** @param wechatHosts whether addresses of WeChat's hosts lead to the sandbox */
export function createLeads(parts: { siteUrl: string; account: Account; wechatHosts: boolean }): Leads {
  const siteUrl = new URL(parts.siteUrl)
  const { account, wechatHosts } = parts

  const siteHosts = (): string[] => {
    const port = siteUrl.port && `:${siteUrl.port}`
    const names = isOwnMachine(siteUrl.hostname) ? ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'] : []
    return [siteUrl.host, ...names.map((name) => name + port)]
  }
  // What the console knows as the site's, it is; that may be the name that it has in the world.
  const entered = (): string[] =>
    wechatHosts
      ? [account.oauthDomain, ...account.jsDomains].map((one) => (one.split('/')[0] ?? '').toLowerCase())
      : []

  function lead(address: string, askedHost: string | undefined): string {
    const parts = /^(?:https?:)?\/\/([^/?#\\]+)(.*)$/i.exec(address)
    // The scheme does not count: which one is asked by says only what stands before the site.
    const absolute = address.startsWith('//') ? `http:${address}` : address
    if (!parts || !URL.canParse(absolute)) return address
    const { host } = new URL(absolute)
    const rest = parts[2] ?? ''
    // One slash, so that no other host is meant.
    const path = rest.startsWith('/') || rest.startsWith('\\') ? rest.replace(/^[/\\]+/, '/') : `/${rest}`
    if (wechatHosts && OF_WECHAT[host]?.test(path)) return SANDBOX_PATH + path
    return host === askedHost || siteHosts().includes(host) || entered().includes(host) ? path : address
  }

  return {
    lead,
    leadLogin(address, origin) {
      if (!wechatHosts) return address
      return address.replace(/([?&]redirect_uri=)([^&#]*)/, (whole, start: string, value: string) => {
        const wanted = new URLSearchParams(`_=${value}`).get('_') ?? ''
        const isEntered = URL.canParse(wanted) && entered().includes(new URL(wanted).host)
        const led = isEntered ? wanted : lead(wanted, undefined)
        return led === wanted ? whole : start + encodeURIComponent(origin + led)
      })
    },
    ofPage: () => ({
      own: [...siteHosts(), ...entered()],
      wechat: wechatHosts
        ? Object.entries(OF_WECHAT).map(([host, paths]) => ({ host, paths: paths.source }))
        : [],
      path: SANDBOX_PATH,
    }),
    scriptPaths: wechatHosts ? [`${SANDBOX_PATH}/open/js/`] : [],
  }
}
