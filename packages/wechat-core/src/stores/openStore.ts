import { memoryStore } from './memory.ts'
import { StoreError, type Store } from './store.ts'
import { readStoreAddress } from './storeAddress.ts'

/**
 * Opens the store of an address: `memory:`, `sqlite:PATH`, `redis://`, `redis+sentinel://`, `redis+cluster://` (with TLS
 * `rediss://`, `rediss+sentinel://`, `rediss+cluster://`), `mongodb://` or `mongodb+srv://`.
 * Redis needs the package `@redis/client` beside this one, MongoDB the package `mongodb`; a store that is not chosen
 * loads nothing.
 *
 * @throws {StoreError} the address is not valid, the store's package is not installed, or the store cannot be used. The
 *   message never quotes the address
 */
export async function openStore(url: string, options: { now?: () => number } = {}): Promise<Store> {
  const { scheme, path } = readStoreAddress(url)
  if (scheme === 'memory') return memoryStore(options)
  if (scheme === 'sqlite') {
    const { sqliteStore } = await import('./sqlite.ts')
    return sqliteStore({ path, ...options })
  }
  if (scheme.startsWith('redis')) {
    const { redisStore } = await import('./redis.ts').catch(explainMissing('@redis/client'))
    return redisStore({ url })
  }
  const { mongodbStore } = await import('./mongodb.ts').catch(explainMissing('mongodb'))
  return mongodbStore({ url })
}

const explainMissing =
  (driver: string) =>
  (error: unknown): never => {
    const isNotFound = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!isNotFound || !error.message.includes(`'${driver}'`)) throw error
    throw new StoreError(
      `[store] This store needs the package ${driver}, which is not installed. Install it: npm install ${driver}`,
    )
  }
