import { createCircuitBreaker, type CircuitBreaker } from './circuitBreaker.ts'
import { StoreError, type Store } from './store.ts'

export interface TimeLimitOptions {
  /** Of the store, as messages have it. */
  name: string
  /** How long one operation may take, in milliseconds. Default 1,000. */
  limit?: number
  /** Called when an operation took too long: a connection that hangs is better dropped. */
  onHang?: () => void
  /** Sees each failure as the driver has it. What it throws goes to the caller, in place of a {@link StoreError}. */
  onFailure?: (error: unknown) => void
  /** What may be told of a failure; a driver's words may quote what is secret. */
  safeReason: (error: unknown) => string
}

const LIMIT = 1_000 // milliseconds
const HUNG_IN_A_ROW = 3

/** A store whose every operation ends in time, and whose every failure is a {@link StoreError}. */
export function withTimeLimit(store: Store, options: TimeLimitOptions): Store {
  const { name, limit = LIMIT, onHang, onFailure, safeReason } = options
  const breaker = () => createCircuitBreaker({ name, after: HUNG_IN_A_ROW })
  const [reads, writes] = [breaker(), breaker()] // apart: a store that cannot be written to may still be read

  async function run<T>(kind: CircuitBreaker, work: () => Promise<T>): Promise<T> {
    kind.enter()
    const answer = await inTime(work(), limit)
    if (answer === LATE) {
      kind.timedOut()
      onHang?.()
      throw new StoreError(`[store] ${name} does not answer: nothing came within ${limit} ms.`)
    }
    kind.answered()
    if ('result' in answer) return answer.result
    onFailure?.(answer.error)
    throw new StoreError(`[store] ${name} failed: ${safeReason(answer.error)}`)
  }

  return {
    get: (key) => run(reads, () => store.get(key)),
    set: (...args) => run(writes, () => store.set(...args)),
    add: (...args) => run(writes, () => store.add(...args)),
    replace: (...args) => run(writes, () => store.replace(...args)),
    take: (key) => run(writes, () => store.take(key)),
    increment: (...args) => run(writes, () => store.increment(...args)),
    delete: (...args) => run(writes, () => store.delete(...args)),
    close: () => store.close(),
  }
}

export const LATE = Symbol('late')

/** How the work ended; {@link LATE} when it has not after so many milliseconds. It never rejects. */
export async function inTime<T>(
  work: Promise<T>,
  ms: number,
): Promise<{ result: T } | { error: unknown } | typeof LATE> {
  let timeout: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<typeof LATE>((done) => {
    // When this process itself paused, the answer may be here already: what has arrived is read first.
    timeout = setTimeout(() => setImmediate(done, LATE), ms)
  })
  const ended = work.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )
  const first = await Promise.race([ended, timeIsUp])
  clearTimeout(timeout)
  return first
}
