// The page's half of the bridge. This file runs in the browser, as a classic script before any other: it holds no
// policy, it only carries calls to the native half and brings the replies back. Types are stripped when it is served.

interface BridgeSettings {
  /** Where the native half listens; without it, the function `window.__wechatNative` is called. */
  endpoint?: string
  /** Shown to the page's scripts in place of the browser's own. */
  userAgent?: string
  navigatorPlatform?: string
  /** `early`: there before page scripts run, as on iOS. `late`: comes after them, as often on Android. */
  arrival: 'early' | 'late'
}

type Reply = Record<string, unknown>
type EventHandler = (payload: Reply) => void

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by the wrapper that bridgeScript.ts writes
function installBridge(settings: BridgeSettings): void {
  const page = window as unknown as Record<string, unknown>
  if (page['WeixinJSBridge']) return // a real WeChat, or this script a second time

  const show = (name: string, value: string) =>
    Object.defineProperty(navigator, name, { get: () => value, configurable: true })
  if (settings.userAgent) show('userAgent', settings.userAgent)
  if (settings.navigatorPlatform) show('platform', settings.navigatorPlatform)

  const documentId = Math.random().toString(36).slice(2) + Date.now().toString(36)
  const handlers = new Map<string, EventHandler>()

  async function native(message: Reply): Promise<Reply> {
    const whole = { ...message, document: documentId }
    const direct = page['__wechatNative']
    if (typeof direct === 'function') return JSON.parse(await direct(JSON.stringify(whole)))
    if (!settings.endpoint) throw new Error('the bridge has no native half')
    const answer = await fetch(settings.endpoint, {
      method: 'POST',
      body: JSON.stringify(whole),
      keepalive: true,
    })
    return answer.json()
  }

  const tellPhone = (message: Reply) => {
    if (window.parent !== window)
      window.parent.postMessage({ ...message, from: 'wechat-page' }, location.origin)
  }

  const entered = native({ type: 'enter', url: location.href })

  async function invoke(
    name: string,
    params: Reply | undefined,
    callback?: (reply: Reply) => void,
  ): Promise<void> {
    const url = location.href
    const sent = JSON.parse(JSON.stringify(params ?? {})) as Reply
    await entered
    const reply = await native({ type: 'invoke', name, params: sent, url })
    tellPhone({ event: 'call', name, params: sent, reply, url })
    callback?.(JSON.parse(JSON.stringify(reply)))
  }

  const bridge = {
    invoke: (name: string, params?: Reply, callback?: (reply: Reply) => void) =>
      void invoke(name, params, callback),
    call: (name: string, params?: Reply, callback?: (reply: Reply) => void) =>
      void invoke(name, params, callback),
    on: (event: string, handler: EventHandler) => void handlers.set(event, handler), // the last one counts
  }

  const arrive = () => {
    page['WeixinJSBridge'] = bridge
    document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  }
  if (settings.arrival === 'early') arrive()
  else document.addEventListener('DOMContentLoaded', () => setTimeout(arrive, 50))

  // The person taps "···" and chooses where to share: the phone around this page, or a test, says so by a message.
  window.addEventListener('message', async (event: MessageEvent) => {
    const message = event.data as { to?: string; target?: 'appmessage' | 'timeline'; id?: string } | null
    if (event.origin !== location.origin || message?.to !== 'wechat-page' || !message.target) return
    const { target } = message
    const handler = handlers.get(target === 'appmessage' ? 'menu:share:appmessage' : 'menu:share:timeline')
    const { needsHandler } = await native({ type: 'tap', target })
    if (needsHandler && handler) {
      handler({ scene: target === 'appmessage' ? 'friend' : 'timeline' })
      await new Promise((done) => setTimeout(done, 100)) // its invoke is on its way
    }
    const card = await native({ type: 'card', target, page: describePage() })
    const answer = { event: 'card', from: 'wechat-page', id: message.id, card }
    if (window.parent !== window) tellPhone(answer)
    else window.postMessage(answer, location.origin)
  })

  // The phone's bar shows title and address, also after a route change of a single-page app.
  let shown = ''
  setInterval(() => {
    const now = `${document.title}\n${location.href}`
    if (now === shown) return
    shown = now
    tellPhone({ event: 'page', title: document.title, url: location.href })
  }, 200)

  // What WeChat takes for the card when the page sets nothing: the first visible picture of some size.
  function describePage(): { title: string; url: string; image: string } {
    const big = [...document.images].find((image) => image.naturalWidth > 290 && image.naturalHeight > 290)
    return { title: document.title, url: location.href.split('#')[0] ?? '', image: big?.src ?? '' }
  }
}
