import { memoryStore } from './memory.ts'
import type { Store } from './store.ts'
import { readStoreAddress } from './storeAddress.ts'

/**
 * Opens the store that a `STORE_URL` names: `memory:`, `sqlite:PATH`, `redis://`,
 * `rediss://`, `mongodb://` or `mongodb+srv://`. A store's driver is
 * loaded only when chosen.
 *
 * @throws {StoreError} the address is not valid, or the store can't be used. It never quotes the address
 */
export async function openStore(url: string, options: { now?: () => number } = {}): Promise<Store> {
  const { scheme, path } = readStoreAddress(url)
  if (scheme === 'memory') return memoryStore(options)
  if (scheme === 'sqlite') {
    const { sqliteStore } = await import('./sqlite.ts')
    return sqliteStore({ path, ...options })
  }
  if (scheme.startsWith('redis')) {
    const { redisStore } = await import('./redis.ts')
    return redisStore({ url })
  }
  const { mongodbStore } = await import('./mongodb.ts')
  return mongodbStore({ url })
}
