import { StoreError } from './store.ts'

export interface CircuitBreakerOptions {
  /** Of the store, as messages have it. */
  name: string
  /** So many held up in a row, and the store is left alone for a while. */
  after: number
}

/** Keeps callers from a store that holds them up. */
export interface CircuitBreaker {
  /** @throws {StoreError} at once, while the store is left alone */
  enter(): void
  /** A caller waited in vain. */
  timedOut(): void
  /** A caller got an answer, be it a refusal. */
  answered(): void
}

const OPEN_FOR = 1_000 // milliseconds

/**
 * Waiting for what does not answer helps nobody. After some callers waited in vain nobody asks for a while; then one caller
 * tries for all.
 */
export function createCircuitBreaker({ name, after }: CircuitBreakerOptions): CircuitBreaker {
  let inARow = 0
  let openUntil = 0
  let isProbing = false
  return {
    enter() {
      if (inARow < after) return
      if (isProbing || performance.now() < openUntil)
        throw new StoreError(`[store] ${name} did not answer just now; it is asked again in a moment.`)
      isProbing = true
    },
    timedOut() {
      inARow++
      isProbing = false
      openUntil = performance.now() + OPEN_FOR
    },
    answered() {
      inARow = 0
      isProbing = false
    },
  }
}
