import { randomUUID } from 'node:crypto'
import type { Store } from './stores/store.ts'

const LEASE = 3_000 // milliseconds: a process that dies while it works holds the others up for this long
const RENEWED_EVERY = 1_000

/**
 * Runs the work if nobody else holds the lease, and keeps the lease alive meanwhile. `fence` is higher for every lease
 * taken: what is written under it can be told from what came later.
 *
 * @returns undefined when somebody else holds the lease
 */
export async function withLease<T>(
  store: Store,
  key: string,
  work: (takeFence: () => Promise<number>) => Promise<T>,
): Promise<{ result: T } | undefined> {
  const owner = randomUUID()
  const leaseKey = `${key}:lease`
  if (!(await store.add(leaseKey, owner, LEASE))) return undefined
  const beat = setInterval(() => {
    store.replace(leaseKey, owner, owner, LEASE).catch(() => undefined)
  }, RENEWED_EVERY).unref()
  try {
    return { result: await work(() => store.increment(fenceKeyOf(key))) }
  } finally {
    clearInterval(beat)
    await store.delete(leaseKey, owner).catch(() => undefined)
  }
}

/** Whether somebody holds the lease now. */
export async function isLeased(store: Store, key: string): Promise<boolean> {
  return (await store.get(`${key}:lease`)) !== undefined
}

/** The fence that was taken last; 0 before the first. */
export async function latestFence(store: Store, key: string): Promise<number> {
  return Number((await store.get(fenceKeyOf(key))) ?? 0)
}

const fenceKeyOf = (key: string): string => `${key}:fence`
