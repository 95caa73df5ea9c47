/**
 * Settles when the bridge to the app is there. What is called before that is lost without an answer; only `wx.config`
 * waits by itself, and then for the last config only (read in Tencent's script).
 */
export function whenBridgeReady(window: Window): Promise<void> {
  if (window.WeixinJSBridge) return Promise.resolve()
  return new Promise((done) =>
    window.document.addEventListener('WeixinJSBridgeReady', () => done(), { once: true }),
  )
}

declare global {
  interface Window {
    WeixinJSBridge?: unknown
  }
}
