import { byId, el } from './elements.js'
import type { PhoneState } from './state.js'
import { words } from './words.js'

export interface BridgeCall {
  name: string
  params: Record<string, unknown>
  reply: Record<string, unknown> & { err_msg?: string }
  url: string
}

export interface Inspector {
  /** Adds a call of the page, newest first. */
  record: (call: BridgeCall) => void
  /** Empties the list: a new document was loaded. */
  clear: () => void
  toggle: () => void
}

// Every call carries the values of wx.config; they would hide what the call is about.
const AUTH = /^(appId|verify(AppId|SignType|Timestamp|NonceStr|Signature))$/
const SHOWN = 40

/** The panel beside the phone: who and what it is, and what the page asked of WeChat, each with the answer. */
export function createInspector(
  state: PhoneState,
  change: (wanted: { os?: string; person?: string }) => void,
): Inspector {
  const panel = byId('panel')
  const list = el('ol', { class: 'calls', 'aria-live': 'polite' })
  const empty = el('p', { class: 'quiet' }, words.noCalls)

  panel.append(
    el(
      'button',
      { type: 'button', class: 'panel-close', click: () => panel.classList.remove('open') },
      words.close,
    ),
    el('h2', {}, words.sandbox),
    el('p', { class: 'quiet' }, words.intro),
    choice(
      words.system,
      'os',
      [
        ['ios', 'iOS'],
        ['android', 'Android'],
      ],
      state.os,
      (os) => change({ os }),
    ),
    choice(
      words.person,
      'person',
      state.people.map(({ id, nickname }) => [id, nickname]),
      state.person,
      (person) => change({ person }),
    ),
    el('h3', {}, words.calls),
    empty,
    list,
    el(
      'p',
      { class: 'quiet account' },
      `AppID ${state.account.appId} · ${state.account.jsDomains.join(', ')}`,
    ),
  )

  return {
    record(call) {
      empty.hidden = true
      list.prepend(entry(call))
      list.children[SHOWN]?.remove()
    },
    clear() {
      empty.hidden = false
      list.replaceChildren()
    },
    toggle: () => panel.classList.toggle('open'),
  }
}

function entry({ name, params, reply, url }: BridgeCall): HTMLLIElement {
  const answer = String(reply.err_msg ?? '')
  const ok = /ok$|^network_type:(wifi|wwan)/.test(answer)
  const shown = { ...Object.fromEntries(Object.entries(params).filter(([key]) => !AUTH.test(key))), url }
  return el(
    'li',
    { class: ok ? 'call' : 'call refused' },
    el(
      'details',
      {},
      el(
        'summary',
        {},
        el('code', {}, name),
        el('span', { class: 'verdict' }, ok ? words.ok : words.refused),
      ),
      el('pre', {}, JSON.stringify(shown, null, 2)),
      el('pre', {}, JSON.stringify(reply, null, 2)),
    ),
  )
}

function choice(
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
