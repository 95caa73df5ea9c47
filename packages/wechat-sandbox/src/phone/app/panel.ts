import { createActivityList, type ActivityList } from './activityList.js'
import { accountSettings } from './accountSettings.js'
import { deviceChoice, deviceSettings } from './deviceSettings.js'
import { button, byId, el } from './elements.js'
import type { Store } from './store.js'
import { switchSettings } from './switchSettings.js'
import { words } from './words.js'

export interface Panel extends ActivityList {
  toggle(): void
  /** Shows what was refused. */
  openLog(): void
}

const TABS = ['log', 'device', 'account', 'behaviour'] as const
type Tab = (typeof TABS)[number]

/** Beside the phone, or over it where there is no room: what happened, and everything that can be turned. */
export function createPanel(store: Store): Panel {
  const panel = byId('panel')
  const body = el('div', { class: 'panel-body', id: 'panel-body', role: 'tabpanel', tabindex: '-1' })
  const list = createActivityList()
  const contents: Record<Tab, () => Node> = {
    log: () => list.element,
    device: () => deviceSettings(store),
    account: () => accountSettings(store),
    behaviour: () => switchSettings(store),
  }
  let shown: Tab = 'log'
  const choice = el('div', {}, deviceChoice(store))

  const tabs = TABS.map((name) =>
    button('panel-tab', () => show(name), [words[name]], {
      role: 'tab',
      id: `tab-${name}`,
      'aria-controls': 'panel-body',
    }),
  )
  const close = button('panel-close', () => toggle(), [words.close])
  panel.append(
    el('header', {}, el('h2', {}, words.sandbox), close),
    el('p', { class: 'quiet' }, words.intro),
    choice,
    el('div', { class: 'panel-tabs', role: 'tablist', 'aria-label': words.sandbox, keydown: onKey }, ...tabs),
    body,
  )
  panel.addEventListener(
    'keydown',
    (event) => event.key === 'Escape' && panel.classList.contains('open') && toggle(),
  )
  store.onChange(({ device, person }, before) => {
    if (device.os !== before.device.os || person !== before.person)
      keepFocus(choice, () => choice.replaceChildren(deviceChoice(store)))
    if (shown !== 'log') keepFocus(body, draw)
  })
  show('log')
  return { ...list, toggle, openLog }

  function show(name: Tab): void {
    shown = name
    for (const [at, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(TABS[at] === name))
      tab.tabIndex = TABS[at] === name ? 0 : -1
    }
    body.setAttribute('aria-labelledby', `tab-${name}`)
    draw()
  }

  function draw(): void {
    body.replaceChildren(contents[shown]())
  }

  function onKey(event: Event): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key]
    if (step === undefined) return
    const next = TABS[(TABS.indexOf(shown) + step + TABS.length) % TABS.length] ?? 'log'
    show(next)
    tabs[TABS.indexOf(next)]?.focus()
  }

  function openLog(): void {
    show('log')
    if (!panel.classList.contains('open')) toggle()
    list.showRefusal()
  }

  function toggle(): void {
    const open = panel.classList.toggle('open')
    if (open) close.focus()
    else byId('more').focus()
  }
}

// What is drawn again may hold the focus: the same field gets it back, by its place.
function keepFocus(part: HTMLElement, redraw: () => void): void {
  const fields = () => [...part.querySelectorAll<HTMLElement>('input, select, textarea, button')]
  const at = fields().findIndex((field) => field === document.activeElement)
  const { scrollTop } = part
  redraw()
  part.scrollTop = scrollTop
  if (at !== -1) fields()[at]?.focus()
}
