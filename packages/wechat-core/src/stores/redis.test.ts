import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRedisServer, storeSuite, type RedisServer } from '../testing/index.ts'
import { redisStore } from './redis.ts'

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
