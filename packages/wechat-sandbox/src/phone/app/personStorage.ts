import { keepInTab } from './keepInTab.js'

type Kept = Record<string, Record<string, string>[]>

const OWN = /^wechat-sandbox-/
const kept = keepInTab('wechat-sandbox-storage', '{}')

/**
 * Everybody has a phone of their own: what the site has stored on one is not on another. Databases (IndexedDB) are not
 * exchanged.
 */
export function exchangeStorage(from: string, to: string): void {
  const all = JSON.parse(kept.text) as Kept
  const areas = [localStorage, sessionStorage]
  all[from] = areas.map((area) => Object.fromEntries(Object.entries(area).filter(([key]) => !OWN.test(key))))
  for (const [at, area] of areas.entries()) {
    for (const key of Object.keys(area)) if (!OWN.test(key)) area.removeItem(key)
    for (const [key, value] of Object.entries(all[to]?.[at] ?? {})) area.setItem(key, value)
  }
  delete all[to]
  kept.keep(JSON.stringify(all))
}
