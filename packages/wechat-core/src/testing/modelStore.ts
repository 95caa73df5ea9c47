import { StoreError, type Store } from '../stores/store.ts'
import type { Random } from './random.ts'
import type { VirtualTime } from './virtualTime.ts'

/** How a process's way to the store misbehaves: `hangs` gives up after a second, as every store does. */
export const STORE_FAULTS = ['hangs', 'away', 'readOnly', 'slow'] as const
export type StoreFault = (typeof STORE_FAULTS)[number]

/** A process's connection. */
export interface StoreLink {
  fault: StoreFault | undefined
}

const GIVES_UP_AFTER = 1_000
type Kept = Map<string, { value: string; expiresAt: number }>

/** A store in virtual time, with a clock of its own, that loses its connections, its writes, and its last hour. */
export class ModelStore {
  #kept: Kept = new Map()
  readonly #time: VirtualTime
  readonly #random: Random

  constructor(time: VirtualTime, random: Random) {
    this.#time = time
    this.#random = random
  }

  /** What it holds now: give it to {@link rollBack} later. */
  snapshot(): Kept {
    return structuredClone(this.#kept)
  }

  rollBack(kept: Kept): void {
    this.#kept = structuredClone(kept)
  }

  /** The value, whatever the connections do. */
  peek(key: string): string | undefined {
    const entry = this.#kept.get(key)
    return entry && entry.expiresAt > this.#time.elapsed ? entry.value : undefined
  }

  connect(link: StoreLink): Store {
    const write = (key: string, value: string, ttl = Infinity): void =>
      void this.#kept.set(key, { value, expiresAt: this.#time.elapsed + ttl })
    const reading = <T>(work: () => T) => this.#run(link, work, false)
    const writing = <T>(work: () => T) => this.#run(link, work, true)
    return {
      get: (key) => reading(() => this.peek(key)),
      set: (key, value, ttl) => writing(() => write(key, value, ttl)),
      add: (key, value, ttl) => writing(() => this.peek(key) === undefined && (write(key, value, ttl), true)),
      replace: (key, expected, value, ttl) =>
        writing(() => this.peek(key) === expected && (write(key, value, ttl), true)),
      take: (key) =>
        writing(() => {
          const value = this.peek(key)
          this.#kept.delete(key)
          return value
        }),
      increment: (key, ttl) =>
        writing(() => {
          const count = Number(this.peek(key) ?? 0) + 1
          const expiresAt = this.#kept.get(key)?.expiresAt ?? this.#time.elapsed + (ttl ?? Infinity)
          this.#kept.set(key, { value: String(count), expiresAt })
          return count
        }),
      delete: (key, expected) =>
        writing(
          () => void (expected === undefined || this.peek(key) === expected ? this.#kept.delete(key) : 0),
        ),
      close: async () => undefined,
    }
  }

  async #run<T>(link: StoreLink, work: () => T, isWrite: boolean): Promise<T> {
    const { fault } = link
    if (fault === 'slow') await this.#time.sleep(100 + this.#random.below(300))
    if (fault === 'hangs') {
      if (this.#random.below(2) === 0) work() // it was done, and the answer was lost
      await this.#time.sleep(GIVES_UP_AFTER)
    }
    if (fault === 'hangs' || fault === 'away' || (fault === 'readOnly' && isWrite))
      throw new StoreError(`[store] ${fault}`)
    return work()
  }
}
