import { z } from 'zod'
import { redisHosts, redisTarget, sentinelTarget, type RedisHost } from './redisAddress.ts'
import { askOnce, connectRedis, type RedisClient, type RedisConnection } from './redisConnection.ts'
import { StoreError } from './store.ts'
import type { StoreAddress } from './storeAddress.ts'

const DEFAULT_PORT = 26_379
const DEFAULT_NAME = 'mymaster' // as in the configuration that comes with Redis
// Milliseconds. A server that does not answer soon may be the one that is being replaced.
const ASKING_LIMIT = 1_000
const CONNECT_LIMIT = 3_000

const placeSchema = z.tuple([z.string().min(1), z.coerce.number().int().positive()])
const helloSchema = z.object({ role: z.string() })

/**
 * A connection to the primary that the Sentinels name. They are asked each time it is made, one after the other, and what
 * they name must say itself that it is the primary: a Sentinel that was cut off learns of a failover late.
 *
 * @see https://redis.io/docs/latest/develop/reference/sentinel-clients/
 */
export function connectBySentinel(address: StoreAddress): RedisConnection {
  const { name = DEFAULT_NAME } = address.options
  let sentinels = redisHosts(address, DEFAULT_PORT)
  const askLater = (sentinel: RedisHost): void => {
    sentinels = [...sentinels.filter((one) => one !== sentinel), sentinel]
  }

  async function find() {
    let unknown = false
    let failure: unknown
    for (const sentinel of sentinels) {
      try {
        const place = await askOnce(sentinelTarget(address, sentinel), ASKING_LIMIT, (client) =>
          client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name]),
        )
        const [host, port] = placeSchema.safeParse(place).data ?? []
        if (host !== undefined && port !== undefined) return redisTarget(address, { host, port })
        unknown = true
      } catch (error) {
        failure = error
      }
      askLater(sentinel)
    }
    if (unknown)
      throw new StoreError(
        'the Sentinels know no primary of that name; "?name=" must be the one of their configuration',
      )
    throw new StoreError(`no Sentinel answers, ${address.safeReason(failure)}`)
  }

  async function check(client: RedisClient): Promise<void> {
    const { role } = helloSchema.parse(await client.sendCommand(['HELLO']))
    if (role === 'master') return
    const [named] = sentinels
    if (named) askLater(named) // it does not know better yet
    throw new StoreError('what the Sentinels name is not the primary')
  }

  return connectRedis({ find, check, limit: CONNECT_LIMIT, safeReason: address.safeReason })
}
