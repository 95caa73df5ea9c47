import { createApp, type Plugin } from 'vue'
import type { Jssdk } from '../jssdk.ts'
import { DebugPanel } from './DebugPanel.ts'
import type { DebugLanguage } from './texts.ts'

export interface OpenPanelOptions {
  jssdk: Jssdk
  /** The page's router. With it the panel follows the address from route to route. */
  router?: Plugin
  /** Default: English. */
  language?: DebugLanguage
  /** Address of a file of vConsole; without it the panel has no button for a console. */
  consoleUrl?: string
}

/** Shows what WeChat was asked and what it said, over the page. */
export function openPanel({ jssdk, router, language, consoleUrl }: OpenPanelOptions): void {
  const place = document.createElement('div')
  document.body.append(place)
  const panel = createApp(DebugPanel, {
    jssdk,
    ...(language && { language }),
    ...(consoleUrl && { consoleUrl }),
    onClose() {
      panel.unmount()
      place.remove()
    },
  })
  if (router) panel.use(router)
  panel.mount(place)
}
