import { byId, el, button, icon } from './elements.js'
import { ICONS } from './icons.js'
import { words } from './words.js'

/**
 * Lays something over the phone: what is below can't be reached until it closes, by Escape, a tap beside it, or itself.
 *
 * @param onClose runs however it closes
 */
export function openLayer(
  kind: 'sheet' | 'dialog' | 'viewer',
  label: string,
  content: (close: () => void) => Node[],
  onClose: () => void = () => undefined,
): void {
  const host = byId('layers')
  const focusBefore = document.activeElement
  const covered = [...byId('phone').children].filter(
    (child) => child !== host && !child.hasAttribute('inert'),
  )
  const body = el('div', { class: `${kind}-body` })
  const layer = el(
    'div',
    { class: `layer ${kind}`, role: 'dialog', 'aria-modal': 'true', 'aria-label': label },
    body,
  )
  let open = true
  const close = () => {
    if (!open) return
    open = false
    layer.remove()
    if (!host.children.length) covered.forEach((child) => child.removeAttribute('inert'))
    if (focusBefore instanceof HTMLElement && focusBefore.isConnected) focusBefore.focus()
    onClose()
  }
  body.append(...content(close))
  layer.addEventListener('click', (event) => event.target === layer && close())
  layer.addEventListener('keydown', (event) => event.key === 'Escape' && (event.stopPropagation(), close()))
  covered.forEach((child) => child.setAttribute('inert', ''))
  host.append(layer)
  const first = body.querySelector<HTMLElement>('input, button, textarea')
  first?.focus()
}

/** The bar of a layer that fills the phone: a title and a way out. */
export const layerBar = (title: string, close: () => void): HTMLElement =>
  el(
    'header',
    { class: 'layer-bar' },
    button('icon', close, [icon(ICONS.close)], { 'aria-label': words.close }),
    el('h2', {}, title),
  )

const TOAST_STAYS = 1800 // milliseconds
const ACTION_STAYS = 10_000

/** A short word over everything, gone after a moment; with something to do it stays longer and can be tapped. */
export function toast(text: string, run?: () => void): void {
  const line = byId('toast')
  const hide = () => (line.hidden = true)
  const tap = () => {
    hide()
    run?.()
  }
  line.replaceChildren(run ? button('toast-action', tap, [text]) : text)
  line.hidden = false
  clearTimeout(Number(line.dataset['timer']))
  const stays = run ? ACTION_STAYS : Math.max(TOAST_STAYS, text.length * 60)
  line.dataset['timer'] = String(setTimeout(hide, stays))
}
