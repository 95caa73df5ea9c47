import { memoryStore } from './memory.ts'
import { StoreError, type Store } from './store.ts'

/**
 * Opens the store that a `STORE_URL` names: `memory:`, `sqlite:PATH`, `redis://`,
 * `rediss://`, `mongodb://` or `mongodb+srv://`. A store's driver is
 * loaded only when chosen.
 *
 * @throws {StoreError} unknown scheme, or the store can't be used
 */
export async function openStore(url: string, options: { now?: () => number } = {}): Promise<Store> {
  const scheme = url.split(':', 1)[0] ?? ''
  if (url === 'memory:') return memoryStore(options)
  if (scheme === 'sqlite') {
    const path = url.slice('sqlite:'.length)
    if (!path) throw new StoreError('[store] sqlite: needs a path, for example sqlite:./data/app.db')
    const { sqliteStore } = await import('./sqlite.ts')
    return sqliteStore({ path, ...options })
  }
  if (scheme === 'redis' || scheme === 'rediss') {
    const { redisStore } = await import('./redis.ts')
    return redisStore({ url })
  }
  if (scheme === 'mongodb' || scheme === 'mongodb+srv') {
    const { mongodbStore } = await import('./mongodb.ts')
    return mongodbStore({ url })
  }
  throw new StoreError(
    `[store] "${scheme}:" is not a known store. Use memory:, sqlite:PATH, redis://, rediss://, mongodb:// or mongodb+srv://.`,
  )
}
