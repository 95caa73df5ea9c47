import type { ComparedStrings, Explanation } from '../../native/explain/explain.ts'
import { split } from './difference.js'
import { el } from './elements.js'
import { inWords, words } from './words.js'

/**
 * Why a call was refused: the likely cause, what to do, and the two strings with their difference marked.
 *
 * @param wait until when it can't be healed
 */
export function refusal({ causes, facts, strings }: Explanation, wait?: string): HTMLElement {
  return el(
    'section',
    { class: 'refusal' },
    ...causes.flatMap(({ what, advice }) => [
      el('p', { class: 'what' }, inWords(what)),
      el('p', { class: 'advice' }, el('b', {}, words.doThis), inWords(advice)),
    ]),
    wait !== undefined && el('p', { class: 'advice' }, wait),
    facts && el('ul', { class: 'facts' }, ...facts.map((fact) => el('li', {}, el('code', {}, fact)))),
    strings && compared(strings),
  )
}

function compared({ expected, signed }: ComparedStrings): HTMLElement {
  if (signed === undefined) {
    return el(
      'dl',
      { class: 'strings' },
      el('dt', {}, words.signedString),
      el('dd', { class: 'missing' }, words.notFound),
      el('dt', {}, words.rightString),
      el('dd', {}, el('code', {}, expected)),
    )
  }
  const [wrong, right] = split(signed, expected)
  return el(
    'dl',
    { class: 'strings' },
    el('dt', {}, words.signedString),
    el('dd', {}, marked('wrong', wrong)),
    el('dt', {}, words.rightString),
    el('dd', {}, marked('right', right)),
  )
}

const marked = (kind: string, [before, middle, after]: [string, string, string]): HTMLElement =>
  el('code', {}, before, el('mark', { class: middle ? kind : `${kind} nothing` }, middle), after)
