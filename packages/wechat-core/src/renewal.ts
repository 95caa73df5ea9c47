import { createBackoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { toEntry, type Entry, type Fetched } from './credentialEntry.ts'
import { WechatTransportError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { HeldEntry } from './heldEntry.ts'
import { withLease, type Lease } from './lease.ts'
import type { StoredEntry } from './storedEntry.ts'
import { isStoreFailure, type Store } from './stores/store.ts'

export interface RenewalParts {
  name: string
  key: string
  store: Store
  shared: StoredEntry
  held: HeldEntry
  clock: Clock
  /** Tells this machine from others that share the store. */
  machine: string
  fetch: () => Promise<Fetched>
  onEvent: OnEvent
}

/**
 * Brings the value that is to be used from now on: a fresh one, or what is held while another process renews it.
 * `onUsable` is told as soon as a usable one is known, so that nobody waits for WeChat then.
 */
export type Renewal = (onUsable: (entry: Entry) => void) => Promise<Entry>

/** Thrown by `fetch` when it did not come to asking: `reason` has its own pause already. */
export class NotAsked extends Error {
  readonly reason: unknown

  constructor(reason: unknown) {
    super('not asked')
    this.reason = reason
  }
}

const LONGEST_WAIT = 15_000 // milliseconds
const LOOK_EVERY = 40

/**
 * One process asks at a time. It holds a lease while it does, and writes under a fencing number that it took with the
 * lease, so that one which slept through its lease cannot overwrite what came after it. Without a store each process
 * goes on alone with what it has in memory.
 */
export function createRenewal(parts: RenewalParts): Renewal {
  const { name, key, store, shared, held, clock, onEvent } = parts
  const backoff = createBackoff(parts)

  async function together(onUsable: (entry: Entry) => void): Promise<Entry> {
    const until = clock.now() + LONGEST_WAIT
    for (;;) {
      const stored = await shared.read()
      if (held.isNews(stored)) return stored
      held.offer(stored)
      const usable = held.usable()
      if (usable) onUsable(usable)
      const reason = await backoff.reason()
      if (reason !== undefined) throw reason
      const asked = await withLease(store, key, clock, askUnderLease)
      if (asked) return asked.result
      if (usable) return usable // another process renews it; it is good meanwhile
      if (clock.now() > until) throw timedOut(name)
      await clock.sleep(LOOK_EVERY)
    }
  }

  async function askUnderLease(lease: Lease): Promise<Entry> {
    const stored = await shared.read() // somebody may have finished just before this lease began
    if (held.isNews(stored)) return stored
    const fence = await lease.takeFence(held.nextFence())
    return save(await ask(fence, lease), lease)
  }

  async function alone(): Promise<Entry> {
    const usable = held.usable()
    if (held.isFresh(usable)) return usable
    const reason = backoff.ownReason()
    if (reason !== undefined) throw reason
    return ask(held.nextFence())
  }

  async function ask(fence: number, lease?: Lease): Promise<Entry> {
    // The lifetime counts from before the request: by the time the answer is here, some of it is gone.
    const askedAt = clock.now()
    const ms = () => clock.now() - askedAt
    try {
      const entry = toEntry(await parts.fetch(), fence, askedAt)
      onEvent({ type: 'refreshed', credential: name, ms: ms() })
      held.fetched(entry)
      await backoff.succeeded()
      return entry
    } catch (error) {
      if (error instanceof NotAsked) throw error.reason
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      onEvent({ type: 'refresh_failed', credential: name, code, ms: ms() })
      await backoff.failed(error, lease)
      throw error
    }
  }

  // The fetched value is never lost: when the store fails now, this process goes on with it.
  async function save(entry: Entry, lease: Lease): Promise<Entry> {
    try {
      const { written, there } = await shared.save(entry)
      if (!written) return held.isUsable(there) ? there : entry
      await backoff.succeeded(lease)
    } catch (error) {
      if (!isStoreFailure(error)) throw error
      onEvent({ type: 'store_failed', credential: name })
    }
    return entry
  }

  return (onUsable) =>
    together(onUsable).catch((error: unknown) => {
      if (!isStoreFailure(error)) throw error
      onEvent({ type: 'store_failed', credential: name })
      return alone()
    })
}

function timedOut(name: string): WechatTransportError {
  const place = { method: 'GET', path: name } as const
  return new WechatTransportError(place, 'wechat_timeout', 'no process could renew it in time')
}
