import { button, el } from './elements.js'
import { form, select, text } from './fields.js'
import { toast } from './layer.js'
import type { Store } from './store.js'
import { words } from './words.js'

const PATHS = [
  '/cgi-bin/stable_token',
  '/cgi-bin/token',
  '/cgi-bin/ticket/getticket',
  '/sns/oauth2/access_token',
  '/sns/userinfo',
  '/cgi-bin/user/info',
  '/cgi-bin/message/custom/send',
]

/** Things that go wrong between the site's server and the platform: once or more, at one path, or to its credentials. */
export function faultSettings(store: Store): HTMLElement {
  const event = (name: 'token taken' | 'ticket ended', label: string) =>
    button(
      'pill',
      () =>
        void store
          .change('credentials', { event: name })
          .then(() =>
            toast([words.happened, name === 'ticket ended' && store.ticketWait()].filter(Boolean).join(' ')),
          ),
      [label],
    )
  const clear = () => void store.change('faults/clear', {})
  const { faults } = store.state
  const wait = store.ticketWait()
  const path = el(
    'label',
    { class: 'field' },
    el('span', {}, words.path),
    named(
      'path',
      select(
        PATHS.map((one) => [one, one]),
        PATHS[0] ?? '',
        () => undefined,
      ),
    ),
  )
  const kinds = Object.entries(words.faultKinds)
  const kind = el(
    'label',
    { class: 'field' },
    el('span', {}, words.fault),
    named(
      'kind',
      select(kinds, 'errcode', () => undefined),
    ),
  )
  return el(
    'div',
    { class: 'faults' },
    el('h3', {}, words.credentials),
    el(
      'div',
      { class: 'pills' },
      event('token taken', words.tokenTaken),
      event('ticket ended', words.ticketEnded),
    ),
    wait !== undefined && el('p', { class: 'quiet' }, wait),
    el('h3', {}, words.faults),
    form(
      words.set,
      [path, kind, text(words.faultValue, 'value', '45009'), text(words.times, 'times', '1')],
      async ({ path, kind, value, times }) => {
        await store.change('fault', { path, fault: faultOf(kind, value), times: Number(times) })
        return words.saved
      },
    ),
    faults.length > 0 &&
      el(
        'ul',
        { class: 'facts' },
        ...faults.map(({ path, fault, left }) =>
          el('li', {}, el('code', {}, `${path} ${JSON.stringify(fault)} × ${left ?? '∞'}`)),
        ),
      ),
    faults.length > 0 && button('pill', clear, [words.clear]),
  )
}

function faultOf(kind = '', value = ''): object {
  if (kind === 'errcode' || kind === 'status') return { [kind]: Number(value) }
  return kind === 'body' ? { body: value } : { kind }
}

function named(name: string, field: HTMLSelectElement): HTMLSelectElement {
  field.name = name
  return field
}
