// What surrounds the phone's screens: the status bar, the bar with the title, and the tabs below.
import { button, byId, icon } from './elements.js'
import { ICONS } from './icons.js'
import type { Store } from './store.js'
import { words } from './words.js'

interface BarActions {
  back: () => void
  close: () => void
  /** Opens the menu of the page that is shown. */
  more: () => void
  home: (screen: 'chats' | 'discover') => void
}

export function drawBars(actions: BarActions): void {
  for (const name of ['back', 'close'] as const) {
    byId(name).append(icon(ICONS[name]))
    byId(name).setAttribute('aria-label', words[name])
    byId(name).addEventListener('click', actions[name])
  }
  byId('more').setAttribute('aria-label', words.menu)
  byId('more').addEventListener('click', actions.more)
  const tab = (screen: 'chats' | 'discover') =>
    button('tab', () => actions.home(screen), [icon(ICONS[screen]), words[screen]], { 'data-screen': screen })
  byId('tabs').append(tab('chats'), tab('discover'))
}

/** Shows which system the phone has, its theme, its network and its time. */
export function dress(store: Store): void {
  const { device, look } = store.state
  Object.assign(document.body.dataset, { os: device.os, theme: look.theme })
  byId('network').textContent = device.networkType === 'none' ? '✕' : device.networkType.toUpperCase()
  const time = new Date(store.now())
  byId('time').textContent = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}
