import type { Activity } from '../activity.ts'
import { createEntry, type Entry } from './activityEntry.js'
import { pathOf } from './activityWords.js'
import { button, el } from './elements.js'
import { radios } from './fields.js'
import { server } from './server.js'
import { secondOf } from './times.js'
import { words } from './words.js'

export interface ActivityList {
  readonly element: HTMLElement
  /** Asks for all that is known. */
  load(): Promise<void>
  add(activity: Activity): void
  /** Opens the newest refusal of wx.config, whatever else has happened since. */
  showRefusal(): void
}

const SHOWN = 200

/**
 * Everything that crossed the border between the site and WeChat: one part for each load of a page, and in it what
 * happened from then on. Newest first; what only follows from a refusal is folded under it.
 */
export function createActivityList(): ActivityList {
  const list = el('div', { class: 'log', role: 'log' })
  const empty = el('p', { class: 'quiet' }, words.nothing)
  const head = el('div', { class: 'log-head' })
  const element = el('div', { class: 'log-box', 'data-kind': 'all' }, head, empty, list)
  let entries = new Map<number, Entry>()
  let loads = new Map<string, HTMLOListElement>()
  let known = new Set<number>()
  let newest: HTMLOListElement | undefined

  const clear = () => void server.clearActivity().then(() => fill([]))
  drawHead('all')
  return { element, add, load: async () => fill(await server.activity()), showRefusal }

  function drawHead(chosen: string): void {
    const kinds: [string, string][] = [
      ['all', words.all],
      ['bridge', words.bridge],
      ['api', words.api],
      ['push', words.pushes],
    ]
    const filter = radios(words.log, 'kind', kinds, chosen, (kind) => (element.dataset['kind'] = kind))
    element.dataset['kind'] = chosen
    head.replaceChildren(filter, button('quiet-button', clear, [words.clear]))
  }

  function fill(all: Activity[]): void {
    entries = new Map()
    loads = new Map()
    known = new Set()
    newest = undefined
    list.replaceChildren()
    empty.hidden = false
    all.forEach(add)
  }

  function add(activity: Activity): void {
    if (known.has(activity.id)) return
    known.add(activity.id)
    empty.hidden = true
    if (activity.kind === 'page') return void addLoad(activity.document, activity.at, pathOf(activity.url))
    const entry = createEntry(activity)
    entries.set(activity.id, entry)
    const cause = activity.kind === 'bridge' ? entries.get(activity.consequenceOf ?? -1) : undefined
    if (cause) cause.addConsequence(entry)
    else {
      const place = placeOf(activity)
      // The last word on a page is the one that is open.
      if (entry.isRefusal)
        for (const one of place.querySelectorAll<HTMLDetailsElement>('.bad > details')) one.open = false
      place.prepend(entry.element)
      entry.details.open = entry.isRefusal
    }
    dropOldest()
  }

  /** What the page did stands with its load, everything else with the newest one. */
  function placeOf(activity: Activity): HTMLOListElement {
    if (activity.kind === 'bridge') {
      const { document, url } = activity.call
      return loads.get(document) ?? addLoad(document, activity.at, pathOf(url))
    }
    return newest ?? addLoad('', activity.at, words.beforePages)
  }

  function addLoad(document: string, at: number, title: string): HTMLOListElement {
    const place = el('ol')
    loads.set(document, place)
    newest = place
    list.prepend(
      el('section', { class: 'load' }, el('h3', {}, el('time', {}, secondOf(at)), ' ', title), place),
    )
    return place
  }

  function dropOldest(): void {
    const [oldest] = entries
    if (entries.size <= SHOWN || !oldest) return
    const [id, { element: dropped }] = oldest
    const load = dropped.closest('.load')
    entries.delete(id)
    dropped.remove()
    if (!load?.querySelector('.entry') && load?.querySelector('ol') !== newest) load?.remove()
  }

  function showRefusal(): void {
    drawHead('all')
    const refusal = [...entries.values()].findLast(({ isConfig, isRefusal }) => isConfig && isRefusal)
    if (!refusal) return
    refusal.details.open = true
    refusal.details.scrollIntoView({ block: 'start' })
    refusal.details.querySelector('summary')?.focus({ preventScroll: true })
  }
}
