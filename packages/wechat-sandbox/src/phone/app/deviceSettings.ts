import { button, el } from './elements.js'
import { radios, select } from './fields.js'
import type { Store } from './store.js'
import { said, words } from './words.js'

const OSES: [string, string][] = [
  ['ios', 'iOS'],
  ['android', 'Android'],
  ['harmony', 'HarmonyOS'],
]
// The newest, and the last ones without open tags and without the new way to share.
const OLDER = ['7.0.11', '6.7.1']
const NETWORKS = ['wifi', '5g', '4g', '3g', '2g', 'none']

/** Which phone, and whose: what is changed most. */
export function deviceChoice(store: Store): HTMLElement {
  const { device, people, person } = store.state
  return el(
    'div',
    { class: 'quick' },
    radios(words.system, 'os', OSES, device.os, (os) => void store.change('device', { os })),
    radios(
      words.person,
      'person',
      people.map(({ id, nickname }) => [id, nickname]),
      person,
      (id) => void store.change('person', { person: id }),
    ),
  )
}

/** How the phone is set up, and what time the platform thinks it is. */
export function deviceSettings(store: Store): HTMLElement {
  const { device, look, clock } = store.state
  const change = (wanted: object) => void store.change('device', wanted)
  const versions: [string, string][] = [...new Set([device.version, '8.0.60', ...OLDER])].map((version) => [
    version,
    version === '8.0.60' ? `${version} · ${words.today}` : version,
  ])
  const forward = (seconds: number, label: string) =>
    button('pill', () => void store.change('clock', { seconds }), [label])
  return el(
    'div',
    { class: 'settings' },
    radios(words.theme, 'theme', Object.entries(words.themes), look.theme, (theme) => change({ theme })),
    el(
      'label',
      { class: 'field' },
      el('span', {}, words.network),
      select(
        NETWORKS.map((one) => [one, said(one.toUpperCase())]),
        device.networkType,
        (networkType) => change({ networkType }),
      ),
    ),
    device.os !== 'harmony' &&
      el(
        'label',
        { class: 'field' },
        el('span', {}, words.version),
        select(versions, device.version, (version) => change({ version })),
      ),
    el('h3', {}, words.clock),
    el('p', { class: 'clock' }, new Date(store.now()).toLocaleString()),
    el('p', { class: 'quiet' }, clock.ahead > 0 ? words.ahead(duration(clock.ahead)) : words.onTime),
    el(
      'div',
      { class: 'pills' },
      forward(300, words.minutes(5)),
      forward(3600, words.hours(1)),
      forward(7200, words.hours(2)),
      forward(86_400, words.days(1)),
    ),
  )
}

function duration(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ]
  return [days && words.days(days), hours && words.hours(hours), minutes && words.minutes(minutes)]
    .filter((part) => typeof part === 'string')
    .map((part) => part.slice(1))
    .join(' ')
}
