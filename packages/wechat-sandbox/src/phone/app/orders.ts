import type { ShareTarget } from '../../native/messages.ts'
import type { Order } from '../orders.ts'
import { PHONE } from './phoneName.js'
import { server } from './server.js'
import type { Store } from './store.js'
import type { WebView } from './webView.js'

interface OrderActions {
  open: (address: string, from: 'chat' | 'link' | 'bareLink') => void
}

/** What programs want of this tab (phone/drive.ts); it does it as a person would. */
export function createOrders(store: Store, webView: WebView, { open }: OrderActions) {
  window.addEventListener('pagehide', () => void server.leave().catch(() => undefined))

  const heard = new Set<string>()

  async function run(order: Order): Promise<unknown> {
    switch (order.kind) {
      case 'open': {
        // Without a page nothing is loaded again when person or system change.
        await webView.close()
        await store.refresh()
        // Also where this is the one already: the platform knows by a cookie, which may not be there yet.
        await store.change('person', { person: order.person })
        const loaded = webView.loaded()
        open(new URL(order.url, location.origin).href, order.from)
        await loaded
        return pageOf(webView)
      }
      case 'person':
        await store.change('person', { person: order.person })
        return {}
      case 'page':
        return pageOf(webView)
      case 'share':
        return share(webView, order.target as ShareTarget)
      case 'login': {
        const button = consentButton(webView.document, order)
        const loaded = webView.loaded()
        button.click()
        await loaded
        return pageOf(webView)
      }
      case 'tap':
        targetOf(webView.document, order).click()
        return pageOf(webView)
    }
  }

  return {
    /** Says that this tab is there to be told. */
    report: () => void server.tell('here', {}).catch(() => undefined),
    hear(order: Order): void {
      // Told again where the connection was, before the answer came.
      if (order.phone !== PHONE || heard.has(order.id)) return
      heard.add(order.id)
      void run(order).then(
        (answer) => server.tell('answered', { id: order.id, answer }),
        (error: Error) => server.tell('answered', { id: order.id, error: error.message }),
      )
    },
  }
}

const LONGEST_TEXT = 20_000

// A page of another origin shows nothing of itself.
function pageOf({ document, url, title }: WebView) {
  const text = document?.body?.innerText ?? ''
  return {
    url: document?.location.href ?? url,
    title: document?.title ?? title,
    text: text.slice(0, LONGEST_TEXT),
  }
}

const HIDDEN: Partial<Record<ShareTarget, string>> = {
  appmessage: 'menuItem:share:appMessage',
  timeline: 'menuItem:share:timeline',
  favorite: 'menuItem:favorite',
  qq: 'menuItem:share:qq',
  qzone: 'menuItem:share:QZone',
  weibo: 'menuItem:share:weiboApp',
}

async function share(webView: WebView, target: ShareTarget): Promise<unknown> {
  const { shown, hidden } = await webView.menu()
  const item = HIDDEN[target]
  if (!shown) throw new Error('There is nothing to tap: the page has hidden the menu (hideOptionMenu).')
  if (item !== undefined && hidden.includes(item))
    throw new Error(`There is nothing to tap: the page has hidden ${item} (hideMenuItems).`)
  const card = await webView.card(target)
  if (!card) throw new Error('The page that is open does not answer; it has no bridge.')
  return card
}

function consentButton(page: Document | null, { allow, person }: Order & { kind: 'login' }): HTMLElement {
  const form = page?.querySelector<HTMLFormElement>('form[action$="/connect/oauth2/consent"]')
  const button = form?.querySelector<HTMLElement>(`button[value="${allow ? 'allow' : 'decline'}"]`)
  if (!form || !button) throw new Error('The open page is not the one on which people log in.')
  if (person !== undefined) {
    const choice = [...form.querySelectorAll<HTMLInputElement>('input[name="person"]')]
    for (const one of choice) one.checked = one.value === person
  }
  return button
}

const TAPPED = 'a, button, input[type=submit], input[type=button], label, summary, [role=button], [onclick]'

function targetOf(page: Document | null, { selector, text }: Order & { kind: 'tap' }): HTMLElement {
  if (!page) throw new Error('The open page belongs to another site, and cannot be tapped from here.')
  const found = [...page.querySelectorAll<HTMLElement>(selector ?? `${TAPPED}, body *`)].filter(isSeen)
  const target =
    selector !== undefined
      ? found[0]
      : (found.find((one) => one.matches(TAPPED) && textOf(one) === text) ??
        found.find((one) => one.matches(TAPPED) && textOf(one).includes(text ?? '')) ??
        found.findLast((one) => textOf(one) === text))
  if (!target) throw new Error(`Nothing on the page ${page.location.pathname} fits "${selector ?? text}".`)
  return target
}

const isSeen = (element: HTMLElement): boolean => element.checkVisibility()

const textOf = (element: HTMLElement): string =>
  (element.tagName === 'INPUT' ? (element as HTMLInputElement).value : element.innerText).trim()
