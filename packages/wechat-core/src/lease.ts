import { randomUUID } from 'node:crypto'
import { within, type Clock } from './clock.ts'
import type { Store } from './stores/store.ts'

const LEASE = 3_000 // milliseconds: a process that dies while it works holds the others up for this long
const RENEWED_EVERY = 1_000
const RELEASED_WITHIN = 100 // a store that hangs now ends the lease itself

/** What the holder of a lease can do under it. */
export interface Lease {
  /**
   * A number that is higher for every lease taken, and at least `atLeast`: what is written under it can be told from what
   * came later.
   */
  takeFence(atLeast: number): Promise<number>
  /** False for a process that slept, and whose lease has ended meanwhile. */
  isHeld(): Promise<boolean>
}

/**
 * Runs the work if nobody else holds the lease, and keeps the lease alive meanwhile.
 *
 * @returns undefined when somebody else holds the lease
 */
export async function withLease<T>(
  store: Store,
  key: string,
  clock: Clock,
  work: (lease: Lease) => Promise<T>,
): Promise<{ result: T } | undefined> {
  const owner = randomUUID()
  const leaseKey = `${key}:lease`
  if (!(await store.add(leaseKey, owner, LEASE))) return undefined
  let stop = (): void => undefined
  const keepAlive = (): void => {
    stop = clock.after(RENEWED_EVERY, () => {
      store.replace(leaseKey, owner, owner, LEASE).catch(() => undefined)
      keepAlive()
    })
  }
  keepAlive()
  try {
    const result = await work({
      takeFence: (atLeast) => raiseFence(store, fenceKeyOf(key), atLeast),
      isHeld: async () => (await store.get(leaseKey)) === owner,
    })
    return { result }
  } finally {
    stop()
    const released = store.delete(leaseKey, owner).catch(() => undefined)
    await within(clock, RELEASED_WITHIN, released)
  }
}

/** The fence that was taken last; 0 before the first. */
export async function latestFence(store: Store, key: string): Promise<number> {
  return Number((await store.get(fenceKeyOf(key))) ?? 0)
}

async function raiseFence(store: Store, fenceKey: string, atLeast: number): Promise<number> {
  for (;;) {
    const text = await store.get(fenceKey)
    const fence = Math.max(Number(text ?? 0) + 1, atLeast)
    const isMine =
      text === undefined
        ? await store.add(fenceKey, String(fence))
        : await store.replace(fenceKey, text, String(fence))
    if (isMine) return fence
  }
}

const fenceKeyOf = (key: string): string => `${key}:fence`
