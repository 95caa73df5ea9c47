// The page's half of the bridge. This file and the other page*.ts run in the browser, as one classic script before any
// other: they hold no policy, they only carry calls to the native half and bring the replies back. Types are stripped
// when they are served.

interface BridgeSettings {
  /** Where the native half listens; without it, the function `window.__wechatNative` is called. */
  endpoint?: string
  /** The phone's name, where there are several. */
  phone: string
  /** Shown to the page's scripts in place of the browser's own. */
  userAgent?: string
  navigatorPlatform?: string
  os: 'ios' | 'android' | 'harmony' | 'windows' | 'mac'
  /** `window.__wxjs_environment`, by which pages know a mini program. */
  environment: 'browser' | 'miniprogram'
  /** `early`: there before page scripts run, as on iOS. `late`: comes after them, as often on Android. */
  arrival: 'early' | 'late'
  /** The person's font size, 1 is normal. */
  fontScale: number
  /** What leads elsewhere than the page says. */
  leads?: LeadSettings
}

type Json = Record<string, unknown>
type EventHandler = (payload: Json) => void
interface Outcome {
  reply?: Json
  question?: Json
  id?: string
  events?: { name: string; payload: Json; after: number; dropped?: true }[]
  openTags?: { tags: string[]; error?: string }
}

/** What the page's parts of the bridge share. */
interface PageBridge {
  /** Asks the native half. */
  native(message: Json): Promise<Json>
  /** Tells the phone around this page, if there is one. */
  tellPhone(message: Json): void
  /** Lets an event of the app happen in the page. Ends when the calls that its handler made at once are answered. */
  fire(name: string, payload: Json): Promise<unknown>
  /** Runs when the phone, or a test, says so. */
  onOrder(action: string, run: (order: Json) => void): void
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by the wrapper that bridgeScript.ts writes
function installBridge(settings: BridgeSettings): void {
  const page = window as unknown as Json
  if (page['WeixinJSBridge']) return // a real WeChat, or this script a second time

  disguise(settings)
  if (settings.leads) installLeads(settings.leads)
  const documentId = Math.random().toString(36).slice(2) + Date.now().toString(36)
  const handlers = new Map<string, EventHandler>()
  const orders = new Map<string, (order: Json) => void>()
  const timers = new Map<string, number>()
  const underway = new Set<Promise<void>>()

  const parts: PageBridge = {
    async native(message) {
      const whole = { ...message, document: documentId }
      const direct = page['__wechatNative']
      if (typeof direct === 'function') return JSON.parse(await direct(JSON.stringify(whole)))
      if (!settings.endpoint) throw new Error('the bridge has no native half')
      const body = JSON.stringify(whole)
      // The phone asks: a page's own policy (connect-src) rules what the page itself may ask.
      const answer = await phoneWindow()
        .fetch(settings.endpoint, { method: 'POST', body, keepalive: body.length < 60_000 })
        .catch(() => undefined)
      if (!answer) throw new Error('the sandbox does not answer')
      const told = (await answer.json()) as Json
      if (!answer.ok) throw new Error(String(told['error']))
      return told
    },
    tellPhone(message) {
      if (window.parent !== window)
        window.parent.postMessage({ ...message, document: documentId, from: 'wechat-page' }, location.origin)
    },
    fire(name, payload) {
      const before = new Set(underway)
      handlers.get(name)?.(payload)
      return Promise.allSettled([...underway].filter((call) => !before.has(call)))
    },
    onOrder: (action, run) => void orders.set(action, run),
  }
  const { native, tellPhone } = parts
  const openTags = installOpenTags(parts)
  const inner = window.parent !== window.top // the phone is the top, and the page is in its frame
  const entered = native({ type: 'enter', url: location.href, inner }).catch(() => undefined)

  async function invoke(name: string, params?: Json, callback?: (reply: Json) => void): Promise<void> {
    const url = location.href
    const sent = JSON.parse(JSON.stringify(params ?? {})) as Json
    const ask = (message: Json): Promise<Outcome> =>
      native(message).catch((error: Error) => ({ reply: { err_msg: `${name}:fail,${error.message}` } }))
    await entered
    let outcome = await ask({ type: 'invoke', name, params: sent, url })
    if (outcome.question) {
      const answer = await askPerson(parts, outcome)
      outcome = await ask({ type: 'answer', question: outcome.id, answer })
    }
    const reply = outcome.reply ?? {}
    tellPhone({ event: 'call', name, params: sent, reply })
    // In a task of its own, so that what it throws is the page's own error.
    setTimeout(() => callback?.(JSON.parse(JSON.stringify(reply))))
    for (const event of outcome.events ?? []) schedule(event)
    if (outcome.openTags) openTags.grant(outcome.openTags)
  }

  function schedule({ name, payload, after, dropped }: NonNullable<Outcome['events']>[number]): void {
    clearTimeout(timers.get(name))
    if (!dropped) timers.set(name, window.setTimeout(parts.fire, after, name, payload))
  }

  function start(name: string, params?: Json, callback?: (reply: Json) => void): void {
    const call = invoke(name, params, callback)
    underway.add(call)
    void call.finally(() => underway.delete(call))
  }

  const bridge = {
    invoke: start,
    call: start,
    on: (event: string, handler: EventHandler) => void handlers.set(event, handler), // the last one counts
    // eslint-disable-next-line no-console -- what pages write there is for their developer
    log: (text: unknown) => console.log('WeixinJSBridge.log', text),
    env: {},
  }

  // The event comes when a page's own scripts can hear it, also where the object is there before them.
  const isEarly = settings.arrival === 'early'
  if (isEarly) page['WeixinJSBridge'] = bridge
  document.addEventListener('DOMContentLoaded', () =>
    setTimeout(
      () => {
        page['WeixinJSBridge'] = bridge
        document.dispatchEvent(new Event('WeixinJSBridgeReady'))
      },
      isEarly ? 0 : 50,
    ),
  )

  window.addEventListener('message', ({ origin, data }: MessageEvent<Json | null>) => {
    if (origin !== location.origin || data?.['to'] !== 'wechat-page') return
    orders.get(String(data['action']))?.(data)
  })
  installShare(parts)
  showLocalPictures(parts)

  // The phone's bar shows title and address, also after a route change of a single-page app.
  let shown = ''
  setInterval(() => {
    const now = `${document.title}\n${location.href}`
    if (now === shown) return
    shown = now
    openTags.onAddress()
    tellPhone({ event: 'page', title: document.title, url: location.href })
  }, 200)
}

function disguise(settings: BridgeSettings): void {
  const { userAgent, navigatorPlatform, os, environment, fontScale, endpoint = '', phone } = settings
  const show = (name: string, value: string) =>
    Object.defineProperty(navigator, name, { get: () => value, configurable: true })
  if (userAgent) show('userAgent', userAgent)
  if (navigatorPlatform) show('platform', navigatorPlatform)
  ;(window as unknown as Json)['__wxjs_environment'] = environment
  if (os === 'ios') (window as unknown as Json)['__wxjs_is_wkwebview'] = true
  // WeChat opens pages from nowhere.
  const own = location.origin + endpoint.replace(/[^/]*$/, 'phone/')
  if (endpoint && document.referrer.startsWith(own))
    Object.defineProperty(document, 'referrer', { get: () => '', configurable: true })
  // Where this page leads, this phone goes.
  if (phone)
    window.addEventListener('beforeunload', () => {
      document.cookie = `wechat_phone=${phone}; path=/; samesite=lax`
    })
  // WeChat enlarges text only; zoom, which enlarges everything, is the nearest that a desktop browser has.
  if (fontScale !== 1)
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.setProperty('zoom', String(fontScale))
    })
}

/** The phone around this page; the page itself where there is none, or where it is somebody else's. */
function phoneWindow(): Window {
  try {
    return window.top?.location.origin === location.origin ? window.top : window
  } catch {
    return window
  }
}

// Without a phone there is nobody to ask: that is "cancel".
function askPerson({ tellPhone, onOrder }: PageBridge, { question, id }: Outcome): Promise<unknown> {
  if (window.parent === window) return Promise.resolve(null)
  return new Promise((done) => {
    onOrder(`answer ${id}`, ({ answer }) => done(answer))
    tellPhone({ event: 'question', question, id })
  })
}
