import { byId, el } from './elements.js'
import { words } from './words.js'

export interface ShareSheetActions {
  share: (target: 'appmessage' | 'timeline') => void
  copy: () => void
  reload: () => void
  panel: () => void
}

const ICONS = {
  friend: 'M4 5h16v11h-9l-5 4v-4H4z',
  moments: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 5a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  reload: 'M19 12a7 7 0 1 1-2-5l2 2V4v5h-5',
  panel: 'M4 6h16M4 12h16M4 18h10',
}

/** What opens from below when a person taps "···". Escape and a tap beside it close it again. */
export function createShareSheet(actions: ShareSheetActions): { open: () => void } {
  const sheet = byId('sheet')
  const close = () => {
    sheet.hidden = true
    byId('more').focus()
  }
  const item = (icon: keyof typeof ICONS, label: string, action: () => void) =>
    el(
      'button',
      { type: 'button', class: 'sheet-item', click: () => (close(), action()) },
      glyph(ICONS[icon]),
      label,
    )

  sheet.append(
    el(
      'div',
      { class: 'sheet-body' },
      el(
        'div',
        { class: 'sheet-row' },
        item('friend', words.toFriend, () => actions.share('appmessage')),
        item('moments', words.toMoments, () => actions.share('timeline')),
      ),
      el(
        'div',
        { class: 'sheet-row' },
        item('copy', words.copy, actions.copy),
        item('reload', words.reload, actions.reload),
        item('panel', words.panel, actions.panel),
      ),
      el('button', { type: 'button', class: 'sheet-cancel', click: close }, words.cancel),
    ),
  )
  sheet.addEventListener('click', (event) => event.target === sheet && close())
  sheet.addEventListener('keydown', (event) => event.key === 'Escape' && close())
  return {
    open() {
      sheet.hidden = false
      sheet.querySelector('button')?.focus()
    },
  }
}

function glyph(path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  shape.setAttribute('d', path)
  svg.append(shape)
  return svg
}
