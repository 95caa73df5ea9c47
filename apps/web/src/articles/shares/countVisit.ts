const LATER = 1000 // milliseconds: what people wait for goes first

/** What is used of a window. */
export interface VisitWindow {
  addEventListener(type: 'pagehide', listener: () => void): void
  removeEventListener(type: 'pagehide', listener: () => void): void
  setTimeout(work: () => void, milliseconds: number): unknown
  location: { search: string }
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>
  navigator: Pick<Navigator, 'sendBeacon'>
}

/**
 * Tells the server that an article was opened, and by which card. A beacon, a second after the share card is set: it
 * waits for nothing, nothing waits for it, and whoever leaves before is counted as they go. A page that the browser has
 * prepared counts once somebody sees it.
 */
export function countVisit(path: string, window: VisitWindow): void {
  const { document, location, navigator } = window
  const query = new URLSearchParams(location.search)
  const body = { path, s: query.get('s') ?? undefined, from: query.get('from') ?? undefined }
  let isSeen = document.visibilityState !== 'hidden'

  function tell(): void {
    if (!isSeen) return
    window.removeEventListener('pagehide', tell)
    document.removeEventListener('visibilitychange', turn)
    isSeen = false // told once
    try {
      navigator.sendBeacon('/api/visits', JSON.stringify(body)) // as text: older WebViews send no other JSON
    } catch {
      // A figure is missing, and nothing else.
    }
  }
  function turn(): void {
    if (isSeen) return tell()
    isSeen = true
    window.setTimeout(tell, LATER)
  }
  window.addEventListener('pagehide', tell)
  document.addEventListener('visibilitychange', turn)
  if (isSeen) window.setTimeout(tell, LATER)
}
