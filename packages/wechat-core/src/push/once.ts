import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../stores/store.ts'

export interface OnceOptions {
  store: Store
  /** Told apart from what else the store holds, e.g. `push:wx1234`. */
  prefix: string
  /** How long the answer is remembered, in milliseconds. */
  remember: number
  /** How long a process may take before another one believes it dead, in milliseconds. */
  lease: number
}

/**
 * Does the work for one identity once, over all processes that share the store: everybody else waits for the answer
 * and gets the same. A process that dies at work leaves it to the next delivery.
 *
 * @returns the answer; undefined when another one is still at it after `lease`
 */
export type Once = (identity: string, work: () => Promise<string>) => Promise<string | undefined>

const BUSY = 'busy:'
const DONE = 'done:'
const LOOK_EVERY = 40 // milliseconds

export function createOnce({ store, prefix, remember, lease }: OnceOptions): Once {
  return async (identity, work) => {
    const key = `${prefix}:${createHash('sha256').update(identity).digest('base64url')}`
    const mark = BUSY + randomUUID()
    for (const end = performance.now() + lease; performance.now() < end; await sleep(LOOK_EVERY)) {
      if (await store.add(key, mark, lease)) {
        const answer = await work()
        await store.replace(key, mark, DONE + answer, remember)
        return answer
      }
      const found = await store.get(key)
      if (found?.startsWith(DONE)) return found.slice(DONE.length)
    }
    return undefined
  }
}
