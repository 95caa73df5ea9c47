import { el, icon } from './elements.js'
import { ICONS } from './icons.js'
import { layerBar, openLayer } from './layer.js'
import { words } from './words.js'

/** What `openLocation` opens: a pin on paper, with what the page said about the place. */
export function showMap(place: Record<string, unknown>): void {
  const [latitude, longitude, name, address] = ['latitude', 'longitude', 'name', 'address'].map((key) =>
    String(place[key] ?? ''),
  )
  openLayer('viewer', words.map, (close) => [
    layerBar(words.map, close),
    el('div', { class: 'map' }, icon(ICONS.place)),
    el(
      'footer',
      { class: 'map-foot' },
      el('strong', {}, name),
      el('span', {}, address),
      el('code', {}, `${latitude}, ${longitude}`),
    ),
  ])
}
