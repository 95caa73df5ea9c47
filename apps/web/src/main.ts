import { entryUrl } from './wechat/entryUrl' // first: nothing may change the address before it is read
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { signPage, warmUp } from './api'
import { reloadOnce } from './reloadOnce'
import { createAppRouter } from './router'
import { renewOnReturn } from './session/renewOnReturn'
import { useSession } from './session/session'
import App from './shell/App.vue'
import { asksForDebug } from './shell/developer'
import './shell/styles.css'
import { createJssdk, jssdkKey } from './wechat/jssdk'
import { readPageData } from './wechat/pageData'

const jssdk = createJssdk({ window, entryUrl, page: readPageData(document), sign: signPage })
const pinia = createPinia()
const session = useSession(pinia)
const router = createAppRouter({ environment: jssdk.environment, session, window })
reloadOnce(window, router)
renewOnReturn(window, session)
createApp(App).use(pinia).use(router).provide(jssdkKey, jssdk).mount('#app')

// A finger on the glass comes a moment before the click, and the click asks the server for something.
addEventListener('pointerdown', warmUp, { once: true, passive: true })

if (asksForDebug) {
  void import('./debug/openPanel').then(({ openPanel }) => openPanel({ jssdk, router }))
}
