import { randomUUID } from 'node:crypto'
import { MongoClient, MongoServerError, type Collection } from 'mongodb'
import { adding, counting, living, overwriting, type MongodbEntry } from './mongodbCommands.ts'
import { StoreError, type Store } from './store.ts'
import { readStoreAddress, type StoreAddress } from './storeAddress.ts'
import { withTimeLimit } from './withTimeLimit.ts'

export interface MongodbStoreOptions {
  /** `mongodb://`, with one host or those of a replica set, or `mongodb+srv://`; the path names the database, `wechat` by default. */
  url: string
}

const START_LIMIT = 5_000 // milliseconds
const SOCKET_LIMIT = 2_000 // a connection that is silent for so long, with somebody waiting on it, is dropped
const DUPLICATE_KEY = 11000

/**
 * For sites that run MongoDB (4.2 or later) anyway.
 *
 * @throws {StoreError} MongoDB cannot be reached at the start; later, each call while it is away
 */
export async function mongodbStore(options: MongodbStoreOptions): Promise<Store> {
  const address = readStoreAddress(options.url)
  const { client, entries } = await connect(options.url, address)
  const upsert = { upsert: true, returnDocument: 'after' } as const

  const store: Store = {
    get: async (key) => (await entries.findOne(living(key)))?.value,
    set: async (key, value, ttl) =>
      void (await onceMore(() => entries.updateOne({ _id: key }, overwriting(value, ttl), { upsert: true }))),
    add: async (key, value, ttl) => {
      const me = randomUUID()
      const after = await onceMore(() =>
        entries.findOneAndUpdate({ _id: key }, adding(value, ttl, me), upsert),
      )
      return after?.addedBy === me
    },
    replace: async (key, expected, value, ttl) =>
      (await entries.updateOne(living(key, expected), overwriting(value, ttl))).matchedCount === 1,
    take: async (key) => (await entries.findOneAndDelete(living(key)))?.value,
    increment: async (key, ttl) => {
      const after = await onceMore(() => entries.findOneAndUpdate({ _id: key }, counting(ttl), upsert))
      return Number(after?.value)
    },
    delete: async (key, expected) =>
      void (await entries.deleteOne(expected === undefined ? { _id: key } : { _id: key, value: expected })),
    close: () => client.close(),
  }
  return withTimeLimit(store, { name: 'MongoDB', safeReason: address.safeReason })
}

async function connect(
  url: string,
  address: StoreAddress,
): Promise<{ client: MongoClient; entries: Collection<MongodbEntry> }> {
  let client: MongoClient | undefined
  try {
    client = new MongoClient(url, {
      serverSelectionTimeoutMS: START_LIMIT,
      connectTimeoutMS: START_LIMIT,
      socketTimeoutMS: SOCKET_LIMIT,
    })
    const entries = client.db(address.path || 'wechat').collection<MongodbEntry>('entries')
    await entries.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    return { client, entries }
  } catch (error) {
    await client?.close().catch(() => undefined)
    throw new StoreError(
      `[store] MongoDB at ${address.hosts} cannot be used: ${address.safeReason(error)}. Check the address of the store, and that MongoDB runs.`,
    )
  }
}

// Two processes insert the same key at once: one of them meets the other's entry, and then updates it.
async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return work()
    throw error
  }
}
