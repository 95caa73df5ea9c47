import { StoreError } from './store.ts'

export interface HoldUpOptions {
  /** Of the store, as messages have it. */
  name: string
  /** So many held up in a row, and the store is left alone for a while. */
  after: number
}

/** Keeps callers from a store that holds them up. */
export interface HoldUp {
  /** @throws {StoreError} at once, while the store is left alone */
  enter(): void
  /** A caller waited in vain. */
  heldUp(): void
  /** A caller got an answer, be it a refusal. */
  answered(): void
}

const REST = 1_000 // milliseconds

/** Waiting for what does not answer helps nobody: after some who waited in vain nobody asks for a while, then one asks for all. */
export function createHoldUp({ name, after }: HoldUpOptions): HoldUp {
  let inARow = 0
  let restUntil = 0
  let oneAsks = false
  return {
    enter() {
      if (inARow < after) return
      if (oneAsks || performance.now() < restUntil)
        throw new StoreError(`[store] ${name} did not answer just now; it is asked again in a moment.`)
      oneAsks = true
    },
    heldUp() {
      inARow++
      oneAsks = false
      restUntil = performance.now() + REST
    },
    answered() {
      inARow = 0
      oneAsks = false
    },
  }
}
