import type { Activity } from '../activity.ts'
import { describe } from './activityWords.js'
import { el } from './elements.js'
import { refusal } from './refusal.js'
import { secondOf } from './times.js'
import { words } from './words.js'

/** One line of the log, which opens. */
export interface Entry {
  readonly element: HTMLLIElement
  readonly details: HTMLDetailsElement
  /** It is a call of wx.config. */
  readonly isConfig: boolean
  /** It was refused, and why is known. */
  readonly isRefusal: boolean
  /** Folds another entry under this one, which explains it. */
  addConsequence(entry: Entry): void
}

export function createEntry(activity: Exclude<Activity, { kind: 'page' }>): Entry {
  const { name, context, outcome, state, details: facts } = describe(activity)
  const call = activity.kind === 'bridge' ? activity.call : undefined
  const explanation = call?.explanation
  const block = ([label, value]: [string, unknown]) =>
    el(
      'div',
      {},
      el('p', { class: 'entry-label' }, label),
      el('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
    )
  const consequences = el('ol')
  const count = el('summary')
  const folded = el('details', { class: 'consequences', hidden: true }, count, consequences)
  const details = el(
    'details',
    {},
    el(
      'summary',
      {},
      el('time', {}, secondOf(activity.at)),
      el('span', { class: 'entry-name' }, el('code', {}, name), el('small', {}, context)),
      el('span', { class: 'outcome' }, outcome),
    ),
    explanation && refusal(explanation, waitOf(activity)),
    folded,
    ...facts.map(block),
  )
  return {
    element: el('li', { class: `entry ${state}`, 'data-kind': activity.kind }, details),
    details,
    isConfig: call?.name === 'preVerifyJSAPI',
    isRefusal: explanation !== undefined,
    addConsequence(entry) {
      folded.hidden = false
      consequences.prepend(entry.element)
      count.textContent = words.consequences(consequences.childElementCount)
    },
  }
}

// Only a ticket that has ended is healed by asking for it again.
function waitOf(activity: Activity): string | undefined {
  if (activity.kind !== 'bridge' || activity.ticketCheckAt === undefined) return undefined
  const { causes = [] } = activity.call.explanation ?? {}
  return causes.some(({ id }) => id === 'old_ticket')
    ? words.ticketWait(secondOf(activity.ticketCheckAt))
    : undefined
}
