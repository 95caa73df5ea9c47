// What a page leads the browser to, led to the sandbox: navigations, and where WeChat's hosts are built in, scripts,
// pictures and calls. The page's own text stays as it is, so all of it happens here, in the browser.

interface LeadSettings {
  /** Hosts that are the site's own, under other names than the one that the browser has. */
  own: string[]
  /** WeChat's hosts, each with the paths that the sandbox has. */
  wechat: { host: string; paths: string }[]
  /** The sandbox's path. */
  path: string
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by the bridge, which is in the same script
function installLeads(settings: LeadSettings): void {
  const wechat = settings.wechat.map(({ host, paths }) => ({ host, paths: new RegExp(paths) }))
  holdNavigations()
  if (wechat.length) {
    watchElements()
    watchCalls()
  }

  /** Where an address leads; undefined where it stays. */
  function led(address: unknown): string | undefined {
    let url: URL
    try {
      url = new URL(String(address), document.baseURI)
    } catch {
      return undefined
    }
    if (!/^https?:$/.test(url.protocol) || url.origin === location.origin) return undefined
    // One slash, so that no other host is meant.
    const rest = url.pathname.replace(/^\/+/, '/') + url.search + url.hash
    if (wechat.some(({ host, paths }) => host === url.host && paths.test(rest))) return settings.path + rest
    return settings.own.includes(url.host) ? rest : undefined
  }

  // Links, forms and scripts alike. Where the browser tells nothing beforehand, they go where they go.
  function holdNavigations(): void {
    const { navigation } = window as { navigation?: Navigation }
    navigation?.addEventListener('navigate', (event) => {
      const { cancelable, navigationType, destination, formData } = event
      const address = led(destination.url)
      if (!address || !cancelable || formData || !/^(push|replace)$/.test(navigationType)) return
      event.preventDefault()
      if (navigationType === 'replace') location.replace(address)
      else location.assign(address)
    })
  }

  function watchElements(): void {
    // The parser lets this run between a script's start and its being asked for (HTML, "script" end tag).
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof Element) [node, ...node.querySelectorAll(LED)].forEach(leadElement)
    }).observe(document, { childList: true, subtree: true })

    // What a script puts in is asked for at once.
    for (const { prototype } of [HTMLScriptElement, HTMLImageElement, HTMLIFrameElement]) {
      const own = Object.getOwnPropertyDescriptor(prototype, 'src')
      if (!own?.set) continue
      const { set } = own
      Object.defineProperty(prototype, 'src', {
        ...own,
        set(this: HTMLElement, address: unknown) {
          set.call(this, led(address) ?? address)
        },
      })
    }
    const { setAttribute } = Element.prototype
    Element.prototype.setAttribute = function (name, value) {
      const isLed = name.toLowerCase() === 'src' && this.matches(LED_TYPES)
      setAttribute.call(this, name, (isLed && led(value)) || value)
    }
    for (const name of ['write', 'writeln'] as const) {
      const write = Document.prototype[name]
      Document.prototype[name] = function (...texts: string[]) {
        write.call(this, texts.join('').replace(SOURCE, leadSource))
      }
    }
  }

  function leadElement(element: Element): void {
    const address = element.matches(LED) && led(element.getAttribute('src'))
    if (address) element.setAttribute('src', address)
  }

  function leadSource(whole: string, start: string, address: string): string {
    const path = led(address)
    return path ? start + path : whole
  }

  function watchCalls(): void {
    const { fetch } = window
    window.fetch = (input, init) =>
      fetch.call(window, (input instanceof Request ? undefined : led(input)) ?? input, init)
    const { open } = XMLHttpRequest.prototype as { open: (...args: unknown[]) => void }
    XMLHttpRequest.prototype.open = function (method: string, address: string | URL, ...rest: unknown[]) {
      open.call(this, method, led(address) ?? address, ...rest)
    }
  }
}

const LED_TYPES = 'script, img, iframe'
const LED = 'script[src], img[src], iframe[src]'
const SOURCE = /(<(?:script|img|iframe)\b[^>]*?\ssrc\s*=\s*["']?)([^"'\s>]+)/gi
