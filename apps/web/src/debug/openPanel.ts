import { createApp } from 'vue'
import type { Router } from 'vue-router'
import type { Jssdk } from 'wechat-web'
import DebugPanel from './DebugPanel.vue'

/** Shows what WeChat was asked and what it said, over the page, for `?debug=1`. */
export function openPanel({ jssdk, router }: { jssdk: Jssdk; router: Router }): void {
  const place = document.createElement('div')
  document.body.append(place)
  const panel = createApp(DebugPanel, {
    jssdk,
    onClose() {
      panel.unmount()
      place.remove()
    },
  })
  panel.use(router).mount(place)
}
