import { redisHosts, redisTarget, hostName, type RedisHost } from './redisAddress.ts'
import { askClusterMap, readRedirect, Redirect, type ClusterMap } from './redisClusterMap.ts'
import { redisCommands } from './redisCommands.ts'
import { askOnce, connectRedis, type RedisConnection } from './redisConnection.ts'
import { slotOf } from './redisSlots.ts'
import { StoreError, type Store } from './store.ts'
import type { StoreAddress } from './storeAddress.ts'
import { inTime, withTimeLimit } from './withTimeLimit.ts'

const DEFAULT_PORT = 6379
// Milliseconds.
const CONNECT_LIMIT = 3_000
const ASKING_LIMIT = 1_000
const FIRST_CONNECTION = 800 // how long a call waits for a node that was not there before
const ASKED_AGAIN_AFTER = 300
const REDIRECTS = 4

type Commands = Omit<Store, 'close'>

/** A primary of the cluster. */
interface Node {
  connection: RedisConnection
  commands: Commands
  /** The same for a slot that is just being moved to it. */
  asking: Commands
}

/**
 * A cluster of Redis servers. Each node has a connection and a time limit of its own, so one that is away or hangs concerns
 * its own keys only. Who has which slots is asked at the start, and again whenever a node refuses or cannot be had.
 *
 * @throws {StoreError} no node of the cluster can be reached
 */
export async function redisClusterStore(address: StoreAddress): Promise<Store> {
  const { safeReason } = address
  const seeds = redisHosts(address, DEFAULT_PORT)
  const connected = new Map<string, Node>()
  let map: ClusterMap = { primaries: [], nodes: new Map() }
  let asking: Promise<void> | undefined
  let askedAt = -Infinity

  function nodeOf(host: RedisHost): Node {
    const name = hostName(host)
    const there = connected.get(name)
    if (there) return there
    const target = redisTarget(address, host)
    const connection = connectRedis({ find: async () => target, limit: CONNECT_LIMIT, safeReason })
    const limited = (commands: Commands): Commands =>
      withTimeLimit(
        { ...commands, close: async () => undefined },
        {
          name: 'Redis',
          onHang: connection.drop,
          onFailure: (error) => {
            const redirect = readRedirect(error, host)
            if (redirect) throw redirect
          },
          safeReason,
        },
      )
    const node = {
      connection,
      commands: limited(redisCommands(() => connection.client())),
      // One connection carries commands in the order in which they were given.
      asking: limited(
        redisCommands(() => {
          const client = connection.client()
          client.sendCommand(['ASKING']).catch(() => undefined) // told by what follows it
          return client
        }),
      ),
    }
    connected.set(name, node)
    return node
  }

  // Everybody who is known, one after the other, another one first each time: a node that was cut off knows it wrongly.
  async function askMap(): Promise<void> {
    const known = [...map.nodes.values(), ...seeds]
    const at = Math.floor(Math.random() * known.length)
    let failure: unknown
    for (const host of [...known.slice(at), ...known.slice(0, at)]) {
      try {
        map = await askOnce(redisTarget(address, host), ASKING_LIMIT, (client) => askClusterMap(client, host))
        return
      } catch (error) {
        failure = error
      }
    }
    throw new StoreError(safeReason(failure))
  }

  function refreshMap(): Promise<void> {
    asking ??= askMap()
      .then(closeLost)
      .finally(() => {
        asking = undefined
        askedAt = performance.now()
      })
    return asking
  }

  const refreshSoon = (): void => {
    if (performance.now() - askedAt > ASKED_AGAIN_AFTER) refreshMap().catch(() => undefined)
  }

  // What still is connected stays: a slot may be on its way there.
  function closeLost(): void {
    const wanted = new Set(map.primaries)
    for (const [name, { connection }] of connected) {
      if (wanted.has(name) || connection.isOpen()) continue
      connected.delete(name)
      connection.close()
    }
  }

  async function run<T>(key: string, work: (commands: Commands) => Promise<T>): Promise<T> {
    const slot = slotOf(key)
    let host = map.nodes.get(map.primaries[slot] ?? '')
    let isAsk = false
    for (let redirects = 0; host && redirects <= REDIRECTS; redirects++) {
      const { connection, commands, asking: afterAsking } = nodeOf(host)
      await inTime(connection.first, FIRST_CONNECTION)
      try {
        return await work(isAsk ? afterAsking : commands)
      } catch (error) {
        refreshSoon() // also when there is no connection: another node may have the slot soon
        if (!(error instanceof Redirect)) throw error
        host = error.node
        isAsk = error.isAsk
      }
    }
    refreshSoon()
    throw new StoreError('[store] Redis failed: no node of the cluster has the slot of this key now.')
  }

  await refreshMap().catch((error: unknown) => {
    throw new StoreError(
      `[store] The Redis cluster at ${address.hosts} cannot be reached: ${safeReason(error)}. Check the address of the store, and that Redis runs.`,
    )
  })
  return {
    get: (key) => run(key, (node) => node.get(key)),
    set: (key, ...rest) => run(key, (node) => node.set(key, ...rest)),
    add: (key, ...rest) => run(key, (node) => node.add(key, ...rest)),
    replace: (key, ...rest) => run(key, (node) => node.replace(key, ...rest)),
    take: (key) => run(key, (node) => node.take(key)),
    increment: (key, ...rest) => run(key, (node) => node.increment(key, ...rest)),
    delete: (key, ...rest) => run(key, (node) => node.delete(key, ...rest)),
    async close() {
      for (const { connection } of connected.values()) connection.close()
    },
  }
}
