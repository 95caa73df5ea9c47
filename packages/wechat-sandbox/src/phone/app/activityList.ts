import type { Activity } from '../activity.ts'
import { describe } from './activityWords.js'
import { button, el } from './elements.js'
import { radios } from './fields.js'
import { refusal } from './refusal.js'
import { server } from './server.js'
import { words } from './words.js'

export interface ActivityList {
  readonly element: HTMLElement
  /** Asks for all that is known. */
  load(): Promise<void>
  add(activity: Activity): void
}

const SHOWN = 200

/** Everything that crossed the border between the site and WeChat, newest first, each with its verdict. */
export function createActivityList(): ActivityList {
  const list = el('ol', { class: 'log', 'aria-live': 'polite' })
  const empty = el('p', { class: 'quiet' }, words.nothing)
  const kinds: [string, string][] = [
    ['all', words.all],
    ['bridge', words.bridge],
    ['api', words.api],
    ['push', words.pushes],
  ]
  const filter = radios(words.log, 'kind', kinds, 'all', (kind) => (element.dataset['kind'] = kind))
  const clear = () => void server.clearActivity().then(() => fill([]))
  const head = el('div', { class: 'log-head' }, filter, button('quiet-button', clear, [words.clear]))
  const element = el('div', { class: 'log-box', 'data-kind': 'all' }, head, empty, list)
  let known = new Set<number>()

  function fill(all: Activity[]): void {
    known = new Set()
    list.replaceChildren()
    empty.hidden = false
    all.forEach(add)
  }

  function add(activity: Activity): void {
    if (known.has(activity.id)) return
    known.add(activity.id)
    empty.hidden = true
    list.prepend(entry(activity))
    list.children[SHOWN]?.remove()
  }

  return { element, add, load: async () => fill(await server.activity()) }
}

function entry(activity: Activity): HTMLLIElement {
  const { name, context, verdict, state, details } = describe(activity)
  const explanation = activity.kind === 'bridge' ? activity.call.explanation : undefined
  const block = ([label, value]: [string, unknown]) =>
    el(
      'div',
      {},
      el('p', { class: 'entry-label' }, label),
      el('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
    )
  return el(
    'li',
    { class: `entry ${state}`, 'data-kind': activity.kind },
    el(
      'details',
      { open: explanation !== undefined },
      el(
        'summary',
        {},
        el('span', { class: 'entry-name' }, el('code', {}, name), el('small', {}, context)),
        el('span', { class: 'verdict' }, verdict),
      ),
      explanation && refusal(explanation),
      ...details.map(block),
    ),
  )
}
