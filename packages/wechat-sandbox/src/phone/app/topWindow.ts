import type { WebView } from './webView.js'

/** How often a page may replace the phone within this many milliseconds before it is held. */
const OFTEN = 3
const WITHIN = 5000
const KEY = 'wechat-sandbox-replaced'

/**
 * In WeChat a page is the top window. A page that leaves the frame for it means itself: where it wants to go, the web
 * view goes, and where it is already, it stays.
 */
export function holdTopWindow(webView: WebView): void {
  const { navigation } = window as { navigation?: Navigation }
  if (!navigation) return holdByForce()
  navigation.addEventListener('navigate', (event) => {
    const { destination, navigationType, cancelable } = event
    const isOwn = URL.canParse(destination.url) && new URL(destination.url).origin === location.origin
    if (!cancelable || !isOwn || destination.sameDocument || !/^(push|replace)$/.test(navigationType)) return
    event.preventDefault()
    if (!webView.isAt(destination.url)) webView.open(destination.url)
  })
}

// Other browsers tell only afterwards, when the phone has been loaded again and again.
function holdByForce(): void {
  const loads = (JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as number[])
    .filter((at) => Date.now() - at < WITHIN)
    .concat(Date.now())
  sessionStorage.setItem(KEY, JSON.stringify(loads))
  if (loads.length <= OFTEN) return
  const allowed = ['scripts', 'same-origin', 'forms', 'popups', 'modals', 'downloads', 'pointer-lock']
  document
    .getElementById('webview')
    ?.setAttribute('sandbox', allowed.map((name) => `allow-${name}`).join(' '))
}
