import { redisClusterStore } from './redisCluster.ts'
import { redisCommands } from './redisCommands.ts'
import { connectRedis } from './redisConnection.ts'
import { connectBySentinel } from './redisSentinel.ts'
import { StoreError, type Store } from './store.ts'
import { readStoreAddress } from './storeAddress.ts'
import { withTimeLimit } from './withTimeLimit.ts'

export interface RedisStoreOptions {
  /** `redis://`, `redis+sentinel://` or `redis+cluster://`, with TLS `rediss`; user, password and database as the scheme allows. */
  url: string
}

/**
 * For several machines. While Redis is away every call fails at once, while it hangs within a second, so that a caller that can
 * do without goes on; the connection comes back by itself, behind Sentinels to the primary that there is then.
 *
 * @throws {StoreError} Redis cannot be reached at the start; later, each call while it is away
 */
export async function redisStore({ url }: RedisStoreOptions): Promise<Store> {
  const address = readStoreAddress(url)
  const { scheme, hosts, safeReason } = address
  if (scheme.endsWith('+cluster')) return redisClusterStore(address)

  const isBySentinel = scheme.endsWith('+sentinel')
  const connection = isBySentinel
    ? connectBySentinel(address)
    : connectRedis({ find: async () => ({ url }), safeReason })
  const failure = await connection.first
  if (failure !== undefined) {
    connection.close()
    throw new StoreError(
      `[store] Redis at ${hosts} cannot be reached: ${failure}. Check the address of the store, and that Redis runs.`,
    )
  }
  const store = { ...redisCommands(() => connection.client()), close: async () => connection.close() }
  return withTimeLimit(store, {
    name: 'Redis',
    onHang: connection.drop,
    // It was the primary, and is no more: the Sentinels know which one is.
    onFailure: (error) => {
      if (isBySentinel && error instanceof Error && error.message.startsWith('READONLY')) connection.drop()
    },
    safeReason,
  })
}
