import { call } from './calls.ts'
import { createJssdk, type Jssdk } from './jssdk.ts'
import { readPageData } from './pageData.ts'
import type { ShareCard } from './shareCard.ts'
import type { ShareResult } from './sharing.ts'
import type { Sign, Signed } from './signing.ts'
import type { ArgsOf, CallName, Result } from './wx.ts'

const OFFICIAL = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

/** What a page without a bundler has as `window.wechatWeb`. */
export interface WechatWeb {
  /**
   * Gives the current page its share card; call it again when the card or the address changes. Settles with what WeChat
   * answered.
   *
   * @throws {WechatError} `outside` where the page is not open in WeChat
   */
  share(card: ShareCard): Promise<ShareResult | undefined>
  /** Calls a JS-API and gives its answer. @throws {WechatError} `cancelled` when the person said no */
  call<Name extends CallName>(name: Name, ...args: ArgsOf<Name>): Promise<Result<Name>>
  /** All the rest, as in the package. */
  jssdk: Jssdk
}

/**
 * @param entryUrl the address at which the document was entered
 * @param settings the script element's `data-sign`, the address that signs (`?url=…` is added), and `data-jssdk`, the
 *   address of Tencent's script
 */
export function createPlainPage(
  window: Window & { fetch: typeof fetch },
  entryUrl: string,
  settings: { sign?: string; jssdk?: string },
): WechatWeb {
  const page = readPageData(window.document)
  const jssdkUrls = settings.jssdk ? [settings.jssdk] : page.jssdkUrls
  const jssdk = createJssdk({
    window,
    entryUrl,
    page: { ...page, jssdkUrls: jssdkUrls.length > 0 ? jssdkUrls : [OFFICIAL] },
    sign: signAt(window, settings.sign ?? '/api/wechat/signature'),
  })
  return { share: jssdk.share, call: (name, ...args) => call(jssdk, name, ...args), jssdk }
}

function signAt(window: Window & { fetch: typeof fetch }, address: string): Sign {
  return async (url, { refresh, signal }) => {
    const asked = new URL(address, window.location.href)
    asked.searchParams.set('url', url)
    if (refresh) asked.searchParams.set('refresh', '1')
    const answer = await window.fetch(asked.href, { signal })
    if (!answer.ok) throw new Error(`${asked.pathname} answered ${answer.status}`)
    const signed: Signed = await answer.json()
    const seconds = answer.headers.get('wechat-recheck-after')
    return seconds === null ? signed : { ...signed, recheckAt: Date.now() + Number(seconds) * 1000 }
  }
}
