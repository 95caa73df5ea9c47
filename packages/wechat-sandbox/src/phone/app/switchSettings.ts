import { el } from './elements.js'
import { faultSettings } from './faultSettings.js'
import { select } from './fields.js'
import { toast } from './layer.js'
import type { Store } from './store.js'
import { inWords, said, words } from './words.js'

type Switch = Store['state']['switches'][number]

/** Every misbehaviour of the platform, and every rule that is only believed. */
export function switchSettings(store: Store): HTMLElement {
  const { switches, quirks } = store.state
  const set = (what: string, name: string, value: unknown) =>
    void store.change(what, { name, value }).catch((error: Error) => toast(error.message))
  return el(
    'div',
    { class: 'switches' },
    faultSettings(store),
    el('h3', {}, words.platformSwitches),
    ...switches.map((one) =>
      line(
        one,
        one.mark,
        switchField(one, (value) => set('switch', one.name, value)),
      ),
    ),
    el('h3', {}, words.appSwitches),
    ...quirks.map((one) =>
      line(
        one,
        'believed',
        select(
          one.options.map((option) => [option, said(option)]),
          one.value,
          (value) => set('quirk', one.name, value),
        ),
      ),
    ),
  )
}

function switchField(one: Switch, set: (value: unknown) => void): HTMLElement {
  switch (one.kind) {
    case 'boolean': {
      const box = el('input', {
        type: 'checkbox',
        role: 'switch',
        checked: one.value === true,
        change: () => set(box.checked),
      })
      return box
    }
    case 'number': {
      const number = el('input', {
        type: 'number',
        min: '0',
        max: String(one.max),
        value: String(one.value),
        change: () => set(number.valueAsNumber),
      })
      return number
    }
    case 'choice':
      return select(
        one.options.map((option) => [option, said(option)]),
        String(one.value),
        set,
      )
  }
}

function line(
  about: { en: string; zh: string; source: string },
  mark: string,
  field: HTMLElement,
): HTMLElement {
  return el(
    'label',
    { class: 'switch' },
    el(
      'span',
      {},
      inWords(about),
      el('small', {}, [words.marks[mark] ?? mark, said(about.source)].filter(Boolean).join(' · ')),
    ),
    field,
  )
}
