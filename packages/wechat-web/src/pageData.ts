/** What `wx.config` needs from the server. `timestamp` is in seconds. */
export interface SignedPage {
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
  /** The address that was signed. */
  url: string
}

/** What the server wrote into the HTML of this page. */
export interface PageData {
  /** Addresses of the JS-SDK, tried in order. */
  jssdkUrls: string[]
  /** A signature for exactly the requested address, if the page lies on a JS-safe domain. */
  config?: SignedPage | undefined
}

/** Reads the element that the server writes, as JSON: `<script id="wechat" type="application/json">`. */
export function readPageData(document: Pick<Document, 'getElementById'>): PageData {
  const text = document.getElementById('wechat')?.textContent
  return text ? (JSON.parse(text) as PageData) : { jssdkUrls: [] }
}
