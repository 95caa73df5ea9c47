import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedisCluster, storeSuite, type RedisGroup } from '../testing/index.ts'
import { redisStore } from './redis.ts'
import { slotOf } from './redisSlots.ts'

let group: RedisGroup
let opened = 0
beforeAll(async () => {
  group = await startRedisCluster()
}, 120_000)
afterAll(() => group.close())

const primaries = () => group.servers.slice(0, 3)
const owner = (slot: number) => primaries()[slot < 5461 ? 0 : slot < 10_923 ? 1 : 2]

// A key of each third of the slots.
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => `somewhere:${key}`)

storeSuite('a Redis cluster', {
  open: async () => {
    const [first = ''] = primaries().map(({ port }) => `127.0.0.1:${port}`)
    // One host is enough, whichever it is; the others are told by it.
    const replica = `127.0.0.1:${group.servers[3 + (opened++ % 3)]?.port}`
    const store = await redisStore({ url: `redis+cluster://${opened % 2 ? first : replica}` })
    for (const key of ['a', 'constructor']) await store.delete(key)
    return store
  },
  ownClock: true,
})

it.each(['', 'a', '中文', 'wechat:{wx1}:a', '{}a{b}', 'a{', 'a{b', '}{a}', 'session:'.padEnd(90, 'x')])(
  'the slot of "%s" is the one that Redis says',
  async (key) => {
    const said = await primaries()[0]?.tell(`CLUSTER KEYSLOT "${key}"`)
    expect(said).toBe(`:${slotOf(key)}\r\n`)
  },
)

it('keys are where they belong', async () => {
  const store = await redisStore({ url: group.url })
  expect(new Set(KEYS.map((key) => owner(slotOf(key))?.port)).size).toBe(3)
  for (const key of KEYS) {
    await store.set(key, key)
    expect(await owner(slotOf(key))?.tell(`GET ${key}`)).toContain(key)
  }
  await store.close()
})

it('a slot that is being moved, and has been moved, is followed', async () => {
  const store = await redisStore({ url: group.url })
  const key = 'moving'
  const [from, to] = [owner(slotOf(key)), primaries().find((one) => one !== owner(slotOf(key)))]
  const [fromId, toId] = await Promise.all([from, to].map((one) => one?.tell('CLUSTER MYID').then(idIn)))
  await store.set(key, 'one')
  await to?.tell(`CLUSTER SETSLOT ${slotOf(key)} IMPORTING ${fromId}`)
  await from?.tell(`CLUSTER SETSLOT ${slotOf(key)} MIGRATING ${toId}`)
  expect(await store.get(key)).toBe('one') // still there
  await from?.tell(`MIGRATE 127.0.0.1 ${to?.port} ${key} 0 5000`)
  expect(await store.get(key)).toBe('one')
  const counted = await Promise.all(Array.from({ length: 20 }, () => store.increment(`{${key}}:count`)))
  expect(counted.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(await store.replace(key, 'one', 'two')).toBe(true)
  for (const one of [to, from]) await one?.tell(`CLUSTER SETSLOT ${slotOf(key)} NODE ${toId}`)
  expect(await store.take(key)).toBe('two')
  await store.delete(`{${key}}:count`)
  for (const one of [from, to]) await one?.tell(`CLUSTER SETSLOT ${slotOf(key)} NODE ${fromId}`)
  await store.set(key, 'back')
  expect(await store.get(key)).toBe('back')
  await store.close()
})

describe('a node that hangs', () => {
  it('concerns its own keys only, and each of them for a second at most', async () => {
    const store = await redisStore({ url: group.url })
    for (const key of KEYS) await store.set(key, key)
    for (const server of primaries()) await server.tell('CONFIG SET cluster-node-timeout 60000')
    const hung = owner(slotOf('somewhere:a'))
    hung?.pause()
    try {
      const before = performance.now()
      for (let round = 0; round < 5; round++) {
        for (const key of KEYS) {
          const value = await store.get(key).catch((error: Error) => error.name)
          expect(value).toBe(owner(slotOf(key)) === hung ? 'StoreError' : key)
        }
      }
      expect(performance.now() - before).toBeLessThan(8_000) // each that waited would take 15 seconds
    } finally {
      hung?.resume()
      for (const server of primaries()) await server.tell('CONFIG SET cluster-node-timeout 500')
    }
    await expect
      .poll(() => store.get('somewhere:a').catch(() => undefined), { timeout: 15_000 })
      .toBe('somewhere:a')
    await store.close()
  })
})

it('one that is no cluster, and one that is not there, are told', async () => {
  await expect(redisStore({ url: 'redis+cluster://app:hunter2@127.0.0.1:9' })).rejects.toThrow(
    /cluster at 127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED/,
  )
})

const idIn = (text: string): string => /[0-9a-f]{40}/.exec(text)?.[0] ?? ''
