const REMEMBERED_AS = 'reloaded-at'
const ONCE_IN = 60_000 // milliseconds

/**
 * After a release an open page may ask for a part of the app that the server no longer has: the page is loaded anew,
 * which brings the new release. Not when the network is away (a browser's error page helps nobody), and not twice
 * within a minute, so that a broken release does not load for ever.
 *
 * @see https://vite.dev/guide/build#load-error-handling
 */
export function reloadOnce(window: Window): void {
  window.addEventListener('vite:preloadError', async () => {
    if (await isThere(window)) reload(window)
  })
}

async function isThere(window: Window): Promise<boolean> {
  try {
    return (await window.fetch(window.location.href, { method: 'HEAD', cache: 'no-store' })).status < 500
  } catch {
    return false
  }
}

function reload({ sessionStorage, location }: Window): void {
  const last = Number(sessionStorage.getItem(REMEMBERED_AS))
  if (Date.now() - last < ONCE_IN) return
  sessionStorage.setItem(REMEMBERED_AS, String(Date.now()))
  location.reload()
}
