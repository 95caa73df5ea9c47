import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { StoreError } from './store.ts'
import type { StoreAddress } from './storeAddress.ts'
import { inTime, LATE } from './withTimeLimit.ts'

const CONNECT_LIMIT = 5_000 // milliseconds
const SHORTEST_PAUSE = 50 // between two attempts to connect again
const LONGEST_PAUSE = 1_000

type Client = ReturnType<typeof newClient>

/** A connection that comes back by itself, after it was lost and after it was dropped. */
export interface RedisConnection {
  /** @throws {StoreError} at once, while there is none */
  client(): Client
  /** Gives up a connection that hangs: callers that wait on it fail at once, and a new one is made. */
  drop(): void
  close(): void
}

/** @throws {StoreError} Redis cannot be reached */
export async function connectRedis(url: string, address: StoreAddress): Promise<RedisConnection> {
  let current: Client | undefined
  let connecting = false
  let closed = false

  /** @returns why it failed; undefined when it did not */
  async function connect(): Promise<string | undefined> {
    const client = newClient(url)
    client.on('error', () => lost(client)) // told by the calls that fail
    const ended = await inTime(client.connect(), CONNECT_LIMIT)
    if (ended !== LATE && 'result' in ended && client.isReady && !closed) {
      current = client
      return undefined
    }
    client.destroy()
    if (ended === LATE) return 'no answer'
    return 'error' in ended ? address.safeReason(ended.error) : 'the connection was closed'
  }

  function lost(client: Client): void {
    if (client !== current) return
    current = undefined
    client.destroy()
    void connectAgain()
  }

  async function connectAgain(): Promise<void> {
    if (connecting) return
    connecting = true
    for (let pause = SHORTEST_PAUSE; !closed && !current; pause = Math.min(LONGEST_PAUSE, 2 * pause)) {
      if ((await connect()) !== undefined) await sleep(pause, undefined, { ref: false })
    }
    connecting = false
  }

  const failure = await connect()
  if (failure !== undefined) {
    throw new StoreError(
      `[store] Redis at ${address.hosts} cannot be reached: ${failure}. Check the address of the store, and that Redis runs.`,
    )
  }
  return {
    client() {
      if (!current) throw new StoreError('there is no connection')
      return current
    },
    drop() {
      if (current) lost(current)
    },
    close() {
      closed = true
      current?.destroy()
      current = undefined
    },
  }
}

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_LIMIT, reconnectStrategy: false },
  })
}
