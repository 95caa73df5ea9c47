import type { RouteRecordRaw } from 'vue-router'

const meta = { login: true } as const

/** For those who are named in ADMIN_OPENIDS. */
export const ownerRoutes: RouteRecordRaw[] = [
  { path: '/admin', component: () => import('./OwnerListPage.vue'), meta },
  { path: '/admin/articles/:slug', component: () => import('./OwnerPage.vue'), props: true, meta },
]
