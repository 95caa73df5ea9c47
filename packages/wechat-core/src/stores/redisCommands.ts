import type { RedisClient } from './redisConnection.ts'
import type { Store } from './store.ts'

// Each runs as one step in Redis, so that no other process fits between reading and writing. Each names one key and no
// other, so that it runs in a cluster, too.
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
  return 1`
const DELETE_IF = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
const INCREMENT = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 and ARGV[1] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return count`

/** The store's methods on a Redis server. Each asks for the connection and sends one command at once. */
export function redisCommands(client: () => RedisClient): Omit<Store, 'close'> {
  const px = (ttl: number | undefined) =>
    ttl === undefined ? {} : { expiration: { type: 'PX' as const, value: whole(ttl) } }
  const run = async (script: string, key: string, ...values: string[]) =>
    Number(await client().eval(script, { keys: [key], arguments: values }))

  return {
    get: async (key) => (await client().get(key)) ?? undefined,
    set: async (key, value, ttl) => void (await client().set(key, value, px(ttl))),
    add: async (key, value, ttl) =>
      (await client().set(key, value, { ...px(ttl), condition: 'NX' })) === 'OK',
    replace: async (key, expected, value, ttl) =>
      (await run(REPLACE, key, expected, value, ttl === undefined ? '' : String(whole(ttl)))) === 1,
    take: async (key) => (await client().getDel(key)) ?? undefined,
    increment: (key, ttl) => run(INCREMENT, key, ttl === undefined ? '' : String(whole(ttl))),
    delete: async (key, expected) => {
      if (expected === undefined) await client().del(key)
      else await run(DELETE_IF, key, expected)
    },
  }
}

// Redis takes whole milliseconds and none below 1.
const whole = (ttl: number): number => Math.max(1, Math.floor(ttl))
