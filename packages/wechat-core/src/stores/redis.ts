import { createClient } from '@redis/client'
import { StoreError, type Store } from './store.ts'

export interface RedisStoreOptions {
  /** `redis://` or `rediss://`, with user, password and database as the scheme allows. */
  url: string
}

const CONNECT_TIMEOUT = 5000 // milliseconds
const COMMAND_TIMEOUT = 2000
const LONGEST_PAUSE = 1000 // between two attempts to connect again

// Each runs as one step in Redis, so that no other process fits between reading and writing.
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
  return 1`
const DELETE_IF = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
const INCREMENT = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 and ARGV[1] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return count`

/**
 * For several machines. While Redis is away every call fails at once instead of waiting, so that who can do without
 * goes on; the connection comes back by itself.
 *
 * @throws {StoreError} Redis can't be reached at the start; later, each call while it is away
 */
export async function redisStore(options: RedisStoreOptions): Promise<Store> {
  const client = createClient({
    url: options.url,
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_TIMEOUT },
    socket: {
      connectTimeout: CONNECT_TIMEOUT,
      reconnectStrategy: (attempts) => Math.min(LONGEST_PAUSE, 50 * 2 ** Math.min(attempts, 5)),
    },
  })
  client.on('error', () => undefined) // told by the calls that fail; without a listener it would end the process
  await connectOnce(client, options.url)

  const command = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw new StoreError(
        `[store] Redis does not answer: ${error instanceof Error ? error.message : 'no reason given'}`,
      )
    }
  }
  const px = (ttl: number | undefined) =>
    ttl === undefined ? {} : { expiration: { type: 'PX' as const, value: whole(ttl) } }
  const run = (script: string, key: string, ...values: string[]) =>
    command(async () => Number(await client.eval(script, { keys: [key], arguments: values })))

  return {
    get: (key) => command(async () => (await client.get(key)) ?? undefined),
    set: (key, value, ttl) => command(async () => void (await client.set(key, value, px(ttl)))),
    add: (key, value, ttl) =>
      command(async () => (await client.set(key, value, { ...px(ttl), condition: 'NX' })) === 'OK'),
    replace: async (key, expected, value, ttl) =>
      (await run(REPLACE, key, expected, value, ttl === undefined ? '' : String(whole(ttl)))) === 1,
    take: (key) => command(async () => (await client.getDel(key)) ?? undefined),
    increment: (key, ttl) => run(INCREMENT, key, ttl === undefined ? '' : String(whole(ttl))),
    delete: async (key, expected) => {
      if (expected === undefined) await command(() => client.del(key))
      else await run(DELETE_IF, key, expected)
    },
    close: async () => {
      client.destroy()
    },
  }
}

// Redis takes whole milliseconds and none below 1.
const whole = (ttl: number): number => Math.max(1, Math.floor(ttl))

async function connectOnce(
  client: { connect: () => Promise<unknown>; destroy: () => void },
  url: string,
): Promise<void> {
  const connected = client.connect().then(
    () => undefined,
    (error: unknown) => error,
  )
  const late = new Promise((done) => setTimeout(done, CONNECT_TIMEOUT, new Error('no answer')).unref())
  const failure = await Promise.race([connected, late])
  if (failure === undefined) return
  client.destroy()
  const { host } = new URL(url)
  const reason = failure instanceof Error ? failure.message : String(failure)
  throw new StoreError(
    `[store] Redis at ${host} can't be reached: ${reason}. Check STORE_URL and that Redis runs.`,
  )
}
