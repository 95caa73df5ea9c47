import type { WechatError } from 'wechat-web'
import type { ShareStatus } from 'wechat-web/vue'

const LATER = 3000 // milliseconds: everything that people see or wait for goes first

/** What is used of a window. */
export interface ReportWindow {
  document: { getElementById(id: string): { textContent: string | null } | null }
  navigator: Pick<Navigator, 'sendBeacon'>
  setTimeout(work: () => void, milliseconds: number): unknown
}

/**
 * Tells the server once how WeChat took the page's card: a beacon of some bytes, with nothing about the person. Only where
 * the server has asked this page for it (`reports` in what it wrote into the HTML).
 */
export function createShareReport(
  window: ReportWindow | undefined,
): (status: ShareStatus, error: WechatError | undefined) => void {
  const text = window?.document.getElementById('visit')?.textContent
  const { reports }: { reports?: boolean } = text ? JSON.parse(text) : {}
  if (!window || !reports) return () => undefined
  const told = new Set<string>()

  return (outcome, error) => {
    // Not known yet, nothing to know, or another part of the page has the card.
    if (outcome === 'pending' || outcome === 'outside' || outcome === 'covered') return
    const body = JSON.stringify({ outcome, code: error?.code })
    if (told.has(body)) return
    told.add(body)
    window.setTimeout(() => {
      try {
        window.navigator.sendBeacon('/api/share-report', body) // as text: older WebViews send no other JSON
      } catch {
        // A figure is missing, and nothing else.
      }
    }, LATER)
  }
}
