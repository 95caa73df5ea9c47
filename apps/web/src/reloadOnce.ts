import type { Router } from 'vue-router'

const REMEMBERED_AS = 'reloaded-at'
const ONCE_IN = 60_000 // milliseconds

/**
 * After a release an open page may ask for a part of the app that the server no longer has: the page is loaded again,
 * or the one that the person was heading for, which brings the new release. Not when the network is away (a browser's error page helps nobody), and not twice
 * within a minute, so that a broken release does not load for ever.
 *
 * @see https://vite.dev/guide/build#load-error-handling
 */
export function reloadOnce(window: Window, router: Pick<Router, 'beforeEach'>): void {
  const { location } = window
  const here = () => location.href.slice(location.origin.length)
  let heading = here()
  let isLeaving = false // what else is on its way fails when the page goes, and must not send it off a second time
  router.beforeEach((to) => void (heading = to.fullPath))
  window.addEventListener('vite:preloadError', async () => {
    if (!(await isThere(window, heading)) || isLeaving || !isFirst(window)) return
    isLeaving = true
    if (heading === here()) location.reload()
    else location.assign(heading)
  })
}

async function isThere(window: Window, address: string): Promise<boolean> {
  try {
    return (await window.fetch(address, { method: 'HEAD', cache: 'no-store' })).status < 500
  } catch {
    return false
  }
}

function isFirst(window: Pick<Window, 'sessionStorage' | 'performance'>): boolean {
  try {
    const last = Number(window.sessionStorage.getItem(REMEMBERED_AS))
    if (Date.now() - last < ONCE_IN) return false
    window.sessionStorage.setItem(REMEMBERED_AS, String(Date.now()))
    return true
  } catch {
    // Where nothing can be stored, a page that was itself loaded again is not loaded once more.
    return window.performance
      .getEntriesByType('navigation')
      .every((entry) => !('type' in entry && entry.type === 'reload'))
  }
}
