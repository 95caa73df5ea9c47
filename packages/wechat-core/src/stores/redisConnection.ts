import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { StoreError } from './store.ts'
import { inTime, LATE } from './withTimeLimit.ts'

const CONNECT_LIMIT = 5_000 // milliseconds
const SHORTEST_PAUSE = 50 // between two attempts to connect again
const LONGEST_PAUSE = 1_000

/** What of the driver's options says where a server is, and how one logs in. */
export type RedisTarget = Pick<
  NonNullable<Parameters<typeof createClient>[0]>,
  'url' | 'username' | 'password' | 'database'
> & { socket?: { host?: string; port?: number; tls?: boolean } }

export type RedisClient = ReturnType<typeof newClient>

export interface RedisConnectionParts {
  /** Where to connect. Asked again at each attempt, since a primary may be another server by then. */
  find: () => Promise<RedisTarget>
  /** Looks at a new connection, and throws when it is not to be used. */
  check?: (client: RedisClient) => Promise<void>
  /** How long one attempt may take, in milliseconds. Default 5,000; less where another server may answer meanwhile. */
  limit?: number
  safeReason: (error: unknown) => string
}

/** A connection that comes back by itself, after it was lost and after it was dropped. */
export interface RedisConnection {
  /** Why the first attempt failed; undefined when it did not. Either way it goes on until it is closed. */
  readonly first: Promise<string | undefined>
  isOpen(): boolean
  /** @throws {StoreError} at once, while there is none */
  client(): RedisClient
  /** Gives up a connection that hangs: callers that wait on it fail at once, and a new one is made. */
  drop(): void
  close(): void
}

export function connectRedis(parts: RedisConnectionParts): RedisConnection {
  const { find, check, limit = CONNECT_LIMIT, safeReason } = parts
  let current: RedisClient | undefined
  let connecting = false
  let closed = false

  /** @returns why it failed; undefined when it did not */
  async function connect(): Promise<string | undefined> {
    let client: RedisClient | undefined
    let isOver = false
    const attempt = async (): Promise<RedisClient> => {
      const target = await find()
      if (isOver) throw new StoreError('it was found too late')
      const found = newClient(target, limit)
      client = found
      found.on('error', () => lost(found)) // told by the calls that fail
      await found.connect()
      await check?.(found)
      return found
    }
    const ended = await inTime(attempt(), limit)
    if (ended !== LATE && 'result' in ended && ended.result.isReady && !closed) {
      current = ended.result
      return undefined
    }
    isOver = true
    client?.destroy()
    if (ended === LATE) return 'no answer'
    return 'error' in ended ? safeReason(ended.error) : 'the connection was closed'
  }

  function lost(client: RedisClient): void {
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

  const first = connect()
  void first.then((failure) => {
    if (failure !== undefined) void connectAgain()
  })
  return {
    first,
    isOpen: () => current !== undefined,
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

/** One question to a server, on a connection of its own. */
export async function askOnce<T>(
  target: RedisTarget,
  limit: number,
  question: (client: RedisClient) => Promise<T>,
): Promise<T> {
  const client = newClient(target, limit)
  client.on('error', () => undefined) // told by what is awaited
  const ended = await inTime(
    client.connect().then(() => question(client)),
    limit,
  )
  client.destroy()
  if (ended === LATE) throw new StoreError('no answer')
  if ('error' in ended) throw ended.error
  return ended.result
}

function newClient(target: RedisTarget, connectTimeout: number) {
  const { tls, ...place } = target.socket ?? {}
  const socket = { ...place, connectTimeout, reconnectStrategy: false as const }
  return createClient({
    ...target,
    disableOfflineQueue: true,
    socket: tls === true ? { ...socket, tls } : socket,
  })
}
