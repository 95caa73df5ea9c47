import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedisServer, storeSuite, type RedisServer } from '../testing/index.ts'
import { redisStore } from './redis.ts'
import type { Store } from './store.ts'

let redis: RedisServer
let database = 0
beforeAll(async () => {
  redis = await startRedisServer()
}, 120_000)
afterAll(() => redis.close())

storeSuite('redis', {
  open: async () => {
    const store = await redisStore({ url: `${redis.url}/${database++ % 16}` })
    for (const key of ['a', 'constructor']) await store.delete(key)
    return store
  },
  ownClock: true,
})

// A server of another release than this machine's, where one is named, as the workflow does. Its databases are emptied
// by nobody: name one that is there for tests.
const url = process.env['REDIS_URL']
if (url) {
  storeSuite('redis of REDIS_URL', {
    open: async () => {
      const store = await redisStore({ url: new URL(`/${database++ % 16}`, url).href })
      for (const key of ['a', 'constructor']) await store.delete(key)
      return store
    },
    ownClock: true,
  })
}

it('while Redis is away a call fails at once, and it comes back with its data by itself', async () => {
  const store = await redisStore({ url: redis.url })
  await store.set('kept', 'yes')
  await redis.stop()
  const before = performance.now()
  await expect(store.get('kept')).rejects.toMatchObject({ name: 'StoreError' })
  expect(performance.now() - before).toBeLessThan(3000)
  await redis.start()
  await expect.poll(() => store.get('kept').catch(() => undefined), { timeout: 10_000 }).toBe('yes')
  await store.close()
})

describe('a Redis that hangs', () => {
  const operations: [string, (store: Store) => Promise<unknown>][] = [
    ['get', (store) => store.get('a')],
    ['set', (store) => store.set('a', 'one')],
    ['add', (store) => store.add('a', 'one')],
    ['replace', (store) => store.replace('a', 'one', 'two')],
    ['take', (store) => store.take('a')],
    ['increment', (store) => store.increment('count')],
    ['delete', (store) => store.delete('a')],
  ]
  it.each(operations)('%s fails within about a second', async (_name, operation) => {
    const store = await redisStore({ url: redis.url })
    redis.pause()
    try {
      const before = performance.now()
      await expect(operation(store)).rejects.toMatchObject({ name: 'StoreError' })
      expect(performance.now() - before).toBeLessThan(3000)
    } finally {
      redis.resume()
    }
    await store.close()
  })

  it('holds up only the first callers, and is used again when it goes on', async () => {
    const store = await redisStore({ url: redis.url })
    await store.set('kept', 'yes')
    redis.pause()
    try {
      const all = await Promise.allSettled(Array.from({ length: 50 }, () => store.get('kept')))
      expect(all.every(({ status }) => status === 'rejected')).toBe(true)
      const before = performance.now()
      for (let i = 0; i < 20; i++) await store.get('kept').catch(() => undefined)
      expect(performance.now() - before).toBeLessThan(500) // 20 that each waited would take 20 seconds
    } finally {
      redis.resume()
    }
    await expect.poll(() => store.get('kept').catch(() => undefined), { timeout: 10_000 }).toBe('yes')
    await store.close()
  })
})

it.each([
  ['is read only', 'REPLICAOF 127.0.0.1 1', 'REPLICAOF NO ONE', /READONLY/],
  [
    'misses its replicas',
    'CONFIG SET min-replicas-to-write 1',
    'CONFIG SET min-replicas-to-write 0',
    /NOREPLICAS/,
  ],
  ['is full', 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0', /OOM/],
])('a Redis that %s refuses what writes, and is read all the same', async (_case, begin, end, reason) => {
  const store = await redisStore({ url: redis.url })
  await store.set('kept', 'yes')
  await redis.tell(begin)
  try {
    const refused = { name: 'StoreError', message: expect.stringMatching(reason) }
    await expect(store.set('a', 'one')).rejects.toMatchObject(refused)
    await expect(store.add('b', 'one')).rejects.toMatchObject(refused)
    await expect(store.increment('count')).rejects.toMatchObject(refused)
    expect(await store.get('kept')).toBe('yes')
  } finally {
    await redis.tell(end)
  }
  await store.set('a', 'two')
  expect(await store.get('a')).toBe('two')
  await store.close()
})

it('no failure quotes a password or what is stored', async () => {
  // A Redis of before 6.2, or one with renamed commands, quotes the words of what it does not know.
  await redis.tell('ACL SETUSER app on >p#w/hunter2 ~* +@all -getdel')
  const { host } = new URL(redis.url)
  const store = await redisStore({ url: `redis://app:p%23w%2Fhunter2@${host}` })
  await store.set('a', 'one')
  expect(String(await store.take('session:secret').catch((error: Error) => error.stack))).not.toContain(
    'session:secret',
  )
  await store.close()
  const wrong = await redisStore({ url: `redis://app:wrong-hunter3@${host}` }).catch((error: Error) => error)
  expect(wrong).toMatchObject({ name: 'StoreError', message: expect.stringMatching(/WRONGPASS/) })
  expect(String((wrong as Error).stack)).not.toContain('hunter3')
})
