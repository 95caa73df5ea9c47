import { createRouter, createWebHistory, type Router } from 'vue-router'
import ArticlePage from './articles/ArticlePage.vue' // demo
import ListPage from './articles/ListPage.vue' // demo
import { loadWhole, type FullLoadOptions } from './fullLoad'
import type { LoginGuardOptions } from './session/loginGuard'
import { ownerRoutes } from './articles/owner/routes' // demo
import NotFoundPage from './shell/NotFoundPage.vue'

/**
 * The pages. A new one is a file and a line here; `meta: { login: true }` sends people through WeChat's login first.
 *
 * Pages that people open from a card are in the first bundle; the others load when they are visited.
 */
export function createAppRouter(options: Omit<LoginGuardOptions, 'session'> & FullLoadOptions): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: ListPage }, // demo
      { path: '/articles/:slug', component: ArticlePage, props: true }, // demo
      { path: '/me', component: () => import('./me/MePage.vue') },
      { path: '/members', component: () => import('./me/MembersPage.vue'), meta: { login: true } },
      { path: '/privacy', component: () => import('./legal/PrivacyPage.vue') },
      { path: '/terms', component: () => import('./legal/TermsPage.vue') },
      { path: '/lab', component: () => import('./lab/LabPage.vue') }, // demo
      ...ownerRoutes, // demo
      { path: '/:rest(.*)*', component: NotFoundPage },
      // Not reached by an address: shown in the place of a page that asks for a login.
      { path: '/:rest(.*)*', name: 'login', component: () => import('./session/LoginPage.vue') },
    ],
    // A page that is entered stands where the browser has put it; to scroll it would only cost a layout. Nor does one
    // that only its query changes: it is the same page, and the person is in the middle of it.
    scrollBehavior: (to, from, saved) => {
      if (saved) return saved
      if (to.hash) return from.matched.length > 0 && { el: to.hash }
      return from.matched.length > 0 && to.path !== from.path && { top: 0 }
    },
  })
  // A silent login leaves the hash of WeChat's address on the page it comes back to: browsers carry it along redirects.
  router.beforeEach((to) => (to.hash === '#wechat_redirect' ? { ...to, hash: '', replace: true } : true))
  loadWhole(router, options)
  router.beforeEach(async (to, from) => {
    if (!to.meta.login) return true // Whoever only reads loads nothing of logins.
    const [{ checkLogin }, { useSession }] = await Promise.all([
      import('./session/loginGuard'),
      import('./session/session'),
    ])
    return checkLogin(to, from, { ...options, session: useSession() })
  })
  return router
}
