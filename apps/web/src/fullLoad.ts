import type { RouteLocationNormalized, Router } from 'vue-router'

export interface FullLoadOptions {
  /** Whether that page can't be what it should unless it is loaded as a whole. */
  needsFullLoad: (address: string) => boolean
  window: Pick<Window, 'location' | 'navigator'>
}

/** Has pages loaded as a whole that need it: on some iPhones a page that was come to otherwise can't have its card. */
export function loadWhole(
  router: Pick<Router, 'beforeEach'>,
  { needsFullLoad, window }: FullLoadOptions,
): void {
  const { location, navigator } = window
  router.beforeEach((to, from) => {
    const isEntered = from.matched.length === 0
    if (isEntered || pageOf(to) === pageOf(from) || !needsFullLoad(to.fullPath)) return true
    if (!navigator.onLine) return true // a page with the wrong card is better than a browser's error
    // After "back" the address is that of the page already.
    if (location.href === new URL(to.fullPath, location.href).href) location.reload()
    else location.assign(to.fullPath)
    return new Promise(() => undefined) // nothing may be drawn, or put into the address, until then
  })
}

const pageOf = ({ fullPath }: RouteLocationNormalized) => fullPath.split('#', 1)[0]
