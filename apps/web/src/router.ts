import { createRouter, createWebHistory } from 'vue-router'
import ArticlePage from './articles/ArticlePage.vue'
import ListPage from './articles/ListPage.vue'
import NotFoundPage from './shell/NotFoundPage.vue'

// Pages that people open from a card are in the first bundle; the others load when they are visited.
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: ListPage },
    { path: '/articles/:slug', component: ArticlePage, props: true },
    { path: '/me', component: () => import('./me/MePage.vue') },
    { path: '/:rest(.*)*', component: NotFoundPage },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

// A silent login leaves the hash of WeChat's address on the page it comes back to: browsers carry it along redirects.
router.beforeEach((to) => (to.hash === '#wechat_redirect' ? { ...to, hash: '', replace: true } : true))
