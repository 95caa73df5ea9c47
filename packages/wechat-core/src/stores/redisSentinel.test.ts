import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSentinelGroup, storeSuite, type SentinelGroup } from '../testing/index.ts'
import { redisStore } from './redis.ts'

let group: SentinelGroup
let database = 0
beforeAll(async () => {
  group = await startSentinelGroup()
}, 120_000)
afterAll(() => group.close())

const at = (url: string, path: string) => url.replace('?', `${path}?`)

storeSuite('redis behind Sentinels', {
  open: async () => {
    const store = await redisStore({ url: at(group.url, `/${database++ % 16}`) })
    for (const key of ['a', 'constructor']) await store.delete(key)
    return store
  },
  ownClock: true,
})

it('a name that the Sentinels do not have is told, and no address quoted', async () => {
  const url = group.url.replace('name=site', 'name=other').replace('//', '//app:hunter2@')
  const error = await redisStore({ url }).catch((reason: Error) => reason)
  expect(error).toMatchObject({
    name: 'StoreError',
    message: expect.stringMatching(/no primary of that name; "\?name="/),
  })
  expect(String(error instanceof Error && error.stack)).not.toContain('hunter2')
})

it('a Redis where a Sentinel was meant is told', async () => {
  const url = `redis+sentinel://127.0.0.1:${group.servers[0]?.port}?name=site`
  await expect(redisStore({ url })).rejects.toThrow(/no Sentinel answers, ERR unknown command/)
})

it('Sentinels and data have passwords of their own', async () => {
  for (const sentinel of group.sentinels) await sentinel.tell('ACL SETUSER watcher on >s#hunter2 ~* +@all')
  const [primary] = group.servers
  await primary?.tell('ACL SETUSER app on >d#hunter3 ~* &* +@all -@dangerous -@admin')
  const url = group.url.replace('//', '//app:d%23hunter3@')
  const login = '&sentinelUsername=watcher&sentinelPassword='
  const store = await redisStore({ url: `${url}${login}s%23hunter2` })
  await store.set('a', 'one')
  expect(await store.get('a')).toBe('one')
  await store.close()
  const wrong = await redisStore({ url: `${url}${login}hunter4` }).catch((reason: Error) => reason)
  expect(String(wrong)).toMatch(/no Sentinel answers, WRONGPASS/)
  expect(String(wrong)).not.toContain('hunter')
})

it('a Sentinel that is away and one that hangs are passed over', async () => {
  const [away, hung] = group.sentinels
  await away?.stop()
  hung?.pause()
  try {
    const store = await redisStore({ url: group.url })
    await store.set('a', 'three')
    expect(await store.get('a')).toBe('three')
    await store.close()
  } finally {
    hung?.resume()
    await away?.start()
  }
})

it('a primary that was made a replica is left, and used again when it is the primary', async () => {
  const store = await redisStore({ url: group.url })
  const [primary, replica] = group.servers
  await primary?.tell(`REPLICAOF 127.0.0.1 ${replica?.port}`)
  await expect(store.set('a', 'one')).rejects.toThrow(/READONLY/)
  await expect(store.get('a')).rejects.toThrow(/there is no connection/)
  await primary?.tell('REPLICAOF NO ONE')
  const write = () =>
    store.set('b', 'one').then(
      () => 'written',
      (error: Error) => error.name,
    )
  await expect.poll(write, { timeout: 20_000 }).toBe('written')
  await store.close()
})
