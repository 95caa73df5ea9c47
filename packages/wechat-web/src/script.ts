// The script build, for pages without a bundler: window.wechatWeb.
import { entryUrl } from './entryUrl.ts' // first: nothing may change the address before it is read
import { createPlainPage, type WechatWeb } from './plainPage.ts'

declare global {
  interface Window {
    wechatWeb?: WechatWeb
  }
}

window.wechatWeb = createPlainPage(window, entryUrl, document.currentScript?.dataset ?? {})
