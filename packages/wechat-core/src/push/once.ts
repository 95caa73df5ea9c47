import { hash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../stores/store.ts'

export interface OnceOptions {
  store: Store
  /** Told apart from what else the store holds, e.g. `push:wx1234`. */
  prefix: string
  /** How long a process may take before another one believes it dead, in milliseconds. */
  lease: number
}

/**
 * Does the work for one identity once, over all processes that share the store: everybody else waits for the answer
 * and gets the same. A process that dies at work leaves it to the next delivery.
 *
 * @param remember how long the answer is remembered, in milliseconds
 * @param onForgotten the work is done, but the store did not take its answer: a repetition may do it again
 * @returns the answer; undefined when others have been at it for longer than two leases
 */
export type Once = (
  identity: string,
  remember: number,
  work: () => Promise<string>,
  onForgotten: (error: unknown) => void,
) => Promise<string | undefined>

const BUSY = 'busy:'
const DONE = 'done:'
const LOOK_EVERY = 40 // milliseconds

export function createOnce({ store, prefix, lease }: OnceOptions): Once {
  return async (identity, remember, work, onForgotten) => {
    const key = `${prefix}:${hash('sha256', identity, 'base64url')}`
    const mark = BUSY + randomUUID()
    // Longer than a lease, so that who comes just after a process died is still here when its mark ends.
    for (const end = performance.now() + 2 * lease; performance.now() < end; await sleep(LOOK_EVERY)) {
      if (await store.add(key, mark, lease)) {
        const answer = await work()
        await store.replace(key, mark, DONE + answer, remember).catch(onForgotten)
        return answer
      }
      const found = await store.get(key)
      if (found?.startsWith(DONE)) return found.slice(DONE.length)
    }
    return undefined
  }
}
