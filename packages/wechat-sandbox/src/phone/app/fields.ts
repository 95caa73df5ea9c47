import { el } from './elements.js'
import { toast } from './layer.js'

/** One of a few, as a row of pills. */
export function radios(
  label: string,
  name: string,
  options: [value: string, text: string][],
  chosen: string,
  pick: (value: string) => void,
): HTMLFieldSetElement {
  return el(
    'fieldset',
    { class: 'choice' },
    el('legend', {}, label),
    ...options.map(([value, text]) =>
      el(
        'label',
        {},
        el('input', { type: 'radio', name, value, checked: value === chosen, change: () => pick(value) }),
        el('span', {}, text),
      ),
    ),
  )
}

/** One of a few, as a list that drops down. */
export function select(
  options: [value: string, text: string][],
  chosen: string,
  pick: (value: string) => void,
): HTMLSelectElement {
  const list = el(
    'select',
    { change: () => pick(list.value) },
    ...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)),
  )
  return list
}

/** A labelled line to write in, or several lines. */
export function text(label: string, name: string, value: string, lines = 1): HTMLLabelElement {
  const field =
    lines === 1
      ? el('input', { name, value, autocomplete: 'off', spellcheck: 'false' })
      : el('textarea', { name, rows: String(lines), spellcheck: 'false' }, value)
  return el('label', { class: 'field' }, el('span', {}, label), field)
}

/** A form that sends its values, and says what came of it. */
export function form(
  submitLabel: string,
  fields: Node[],
  submit: (values: Record<string, string>) => Promise<string>,
): HTMLFormElement {
  const outcome = el('p', { class: 'outcome', role: 'status' })
  const onSubmit = async (event: Event) => {
    event.preventDefault()
    const values = Object.fromEntries(
      [...new FormData(element)].map(([name, value]) => [name, String(value)]),
    )
    outcome.textContent = '…'
    try {
      toast(await submit(values)) // the form itself may be drawn again by now
      outcome.textContent = ''
    } catch (error) {
      outcome.textContent = error instanceof Error ? error.message : String(error)
    }
  }
  const element = el(
    'form',
    { class: 'settings', submit: (event) => void onSubmit(event) },
    ...fields,
    el('div', { class: 'form-foot' }, el('button', { class: 'primary' }, submitLabel), outcome),
  )
  return element
}
