import { hash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../stores/store.ts'

export interface IdempotencyOptions {
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
 * @param onForgotten the store did not take the answer, or has lost the mark: a repetition may have done the work
 *   again, or may do it yet
 * @returns the answer; undefined when others have been at it for longer than two leases
 */
export type RunOnce = (
  identity: string,
  remember: number,
  work: () => Promise<string>,
  onForgotten: (error: unknown) => void,
) => Promise<string | undefined>

const BUSY = 'busy:'
const DONE = 'done:'
const LOOK_EVERY = 40 // milliseconds

export function createIdempotency({ store, prefix, lease }: IdempotencyOptions): RunOnce {
  const doneHere = recentAnswers()

  return async (identity, remember, work, onForgotten) => {
    const key = `${prefix}:${hash('sha256', identity, 'base64url')}`
    const mark = BUSY + randomUUID()
    // Longer than a lease, so that a caller that comes just after a process died is still here when its mark ends.
    for (const end = performance.now() + 2 * lease; performance.now() < end; await sleep(LOOK_EVERY)) {
      if (await store.add(key, mark, lease)) {
        const known = doneHere.get(key)
        const answer = known ?? (await work())
        doneHere.set(key, answer)
        if (known !== undefined) onForgotten(lost('after'))
        await keep(key, mark, DONE + answer, remember).catch(onForgotten)
        return answer
      }
      const found = await store.get(key)
      if (found?.startsWith(DONE)) return found.slice(DONE.length)
    }
    return undefined
  }

  // Where the mark is gone somebody else may have begun; where nobody has, nobody shall.
  async function keep(key: string, mark: string, done: string, remember: number): Promise<void> {
    if (await store.replace(key, mark, done, remember)) return
    await store.add(key, done, remember)
    throw lost('during')
  }
}

const lost = (when: 'during' | 'after') =>
  new Error(`The store has lost the mark of a push ${when} the work on it; a repetition may run twice.`)

// WeChat repeats a push within seconds, and a captured one is let in again for some minutes.
const RECENT = 1_200_000 // milliseconds
const MOST_RECENT = 1_000

/** What this process did itself: it need not do it again when the store forgets. */
function recentAnswers() {
  const answers = new Map<string, { answer: string; until: number }>() // the oldest comes first
  return {
    get(key: string): string | undefined {
      const found = answers.get(key)
      return found && performance.now() < found.until ? found.answer : undefined
    },
    set(key: string, answer: string): void {
      answers.delete(key)
      answers.set(key, { answer, until: performance.now() + RECENT })
      for (const [old, { until }] of answers) {
        if (answers.size <= MOST_RECENT && performance.now() < until) break
        answers.delete(old)
      }
    },
  }
}
