import { entryUrl } from './wechat/entryUrl' // first: nothing may change the address before it is read
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { signPage } from './api'
import { router } from './router'
import App from './shell/App.vue'
import './shell/styles.css'
import { createJssdk, jssdkKey } from './wechat/jssdk'
import { readPageData } from './wechat/pageData'

createApp(App)
  .use(createPinia())
  .use(router)
  .provide(jssdkKey, createJssdk({ window, entryUrl, page: readPageData(document), sign: signPage }))
  .mount('#app')
