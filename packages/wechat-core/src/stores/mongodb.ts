import { MongoClient, MongoServerError, type Collection } from 'mongodb'
import { StoreError, type Store } from './store.ts'

export interface MongodbStoreOptions {
  /** `mongodb://` or `mongodb+srv://`; the path names the database, `wechat` by default. */
  url: string
}

interface Entry {
  _id: string
  value: string
  /** Absent: the entry stays. MongoDB removes an expired one within a minute; until then it counts as gone. */
  expiresAt?: Date
}

const TIME_LIMIT = 3000 // milliseconds
const DUPLICATE_KEY = 11000

/**
 * For sites that run MongoDB anyway. Every method is one statement on one document, which MongoDB makes atomic.
 *
 * @throws {StoreError} MongoDB can't be reached at the start; later, each call while it is away
 */
export async function mongodbStore(options: MongodbStoreOptions): Promise<Store> {
  const client = new MongoClient(options.url, {
    serverSelectionTimeoutMS: TIME_LIMIT,
    connectTimeoutMS: TIME_LIMIT,
    timeoutMS: TIME_LIMIT,
  })
  const database = new URL(options.url.replace(/^mongodb(\+srv)?:/, 'http:')).pathname.slice(1) || 'wechat'
  const entries: Collection<Entry> = client.db(database).collection<Entry>('entries')
  await command(() => entries.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })).catch(
    async (error: unknown) => {
      await client.close()
      throw error
    },
  )

  const alive = (key: string) => ({
    _id: key,
    $or: [{ expiresAt: { $exists: false } }, { expiresAt: { $gt: new Date() } }],
  })
  const fields = (value: string, ttl: number | undefined) =>
    ttl === undefined
      ? { $set: { value }, $unset: { expiresAt: '' as const } }
      : { $set: { value, expiresAt: new Date(Date.now() + ttl) } }

  return {
    get: (key) => command(async () => (await entries.findOne(alive(key)))?.value),
    set: (key, value, ttl) =>
      command(async () => void (await entries.updateOne({ _id: key }, fields(value, ttl), { upsert: true }))),
    // Matches only an expired entry; where a living one is, the upsert meets the unique _id.
    add: (key, value, ttl) =>
      command(async () => {
        try {
          const expired = { _id: key, expiresAt: { $lte: new Date() } }
          await entries.updateOne(expired, fields(value, ttl), { upsert: true })
          return true
        } catch (error) {
          if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false
          throw error
        }
      }),
    replace: (key, expected, value, ttl) =>
      command(
        async () =>
          (await entries.updateOne({ ...alive(key), value: expected }, fields(value, ttl))).matchedCount ===
          1,
      ),
    take: (key) => command(async () => (await entries.findOneAndDelete(alive(key)))?.value),
    increment: (key, ttl) =>
      command(async () => {
        const now = new Date()
        const ended = { $and: [{ $ne: [{ $type: '$expiresAt' }, 'missing'] }, { $lte: ['$expiresAt', now] }] }
        const fresh = { $or: [{ $eq: [{ $type: '$value' }, 'missing'] }, ended] }
        const expiresAt = ttl === undefined ? '$$REMOVE' : new Date(now.getTime() + ttl)
        const step = {
          $set: {
            value: { $cond: [fresh, '1', { $toString: { $add: [{ $toInt: '$value' }, 1] } }] },
            expiresAt: { $cond: [fresh, expiresAt, { $ifNull: ['$expiresAt', '$$REMOVE'] }] },
          },
        }
        const after = await entries.findOneAndUpdate({ _id: key }, [step], {
          upsert: true,
          returnDocument: 'after',
        })
        return Number(after?.value)
      }),
    delete: (key, expected) =>
      command(
        async () =>
          void (await entries.deleteOne(
            expected === undefined ? { _id: key } : { _id: key, value: expected },
          )),
      ),
    close: () => client.close(),
  }
}

async function command<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new StoreError(
      `[store] MongoDB does not answer: ${error instanceof Error ? error.message : 'no reason given'}`,
    )
  }
}
