import { memoryStore } from './memory.ts'
import { StoreError, type Store } from './store.ts'

/**
 * Opens the store that a `STORE_URL` names: `memory:` or `sqlite:PATH`. A store's driver is loaded only when chosen.
 *
 * @throws {StoreError} unknown scheme, or the store can't be used
 */
export async function openStore(url: string, options: { now?: () => number } = {}): Promise<Store> {
  if (url === 'memory:') return memoryStore(options)
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length)
    if (!path) throw new StoreError('[store] sqlite: needs a path, for example sqlite:./data/app.db')
    const { sqliteStore } = await import('./sqlite.ts')
    return sqliteStore({ path, ...options })
  }
  throw new StoreError(`[store] "${url.split(':', 1)[0]}:" is not a known store. Use memory: or sqlite:PATH.`)
}
