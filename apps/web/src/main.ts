import { createJssdk, entryUrl, readPageData } from 'wechat-web' // first: nothing may change the address before it is read
import { createApp, reactive } from 'vue'
import { signPage, warmUp } from './api'
import { reloadOnce } from './reloadOnce'
import { createAppRouter } from './router'
import App from './shell/App.vue'
import { asksForDebug } from './shell/developer'
import './shell/styles.css'
import { jssdkKey } from 'wechat-web/vue'

const page = readPageData(document)
const jssdk = createJssdk({ window, entryUrl, page, sign: signPage, asked: reactive([]) })
const { environment, needsFullLoad } = jssdk
const router = createAppRouter({ environment, window, needsFullLoad })
reloadOnce(window, router)
createApp(App).use(router).provide(jssdkKey, jssdk).mount('#app')

// A finger on the glass comes a moment before the click, and the click asks the server for something.
addEventListener('pointerdown', warmUp, { once: true, passive: true })

if (asksForDebug) {
  void import('./shell/debugPanel').then(({ openDebugPanel }) => openDebugPanel(jssdk, router))
}
