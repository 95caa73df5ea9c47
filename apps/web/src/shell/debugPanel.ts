import consoleUrl from 'vconsole/dist/vconsole.min.js?url'
import type { Router } from 'vue-router'
import type { Jssdk } from 'wechat-web'
import { openPanel } from 'wechat-web/debug'
import { language } from './language'

/** What WeChat was asked and what it said, over the page, for `?debug=1`. */
export function openDebugPanel(jssdk: Jssdk, router: Router): void {
  openPanel({ jssdk, router, language, consoleUrl })
}
