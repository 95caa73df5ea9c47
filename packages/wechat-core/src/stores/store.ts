/**
 * What tokens, sessions, OAuth states and locks are kept in. Values are strings of any Unicode; times are
 * milliseconds. Every method is atomic, also between processes that share the store.
 *
 * Every method ends within about a second. What cannot be done then, because the store is away, hangs, is locked or
 * takes no writes, is a {@link StoreError}; what it says quotes neither an address nor a value. A clock that is set
 * back makes nothing last longer than its `ttl`, counted from when it is noticed.
 */
export interface Store {
  /** The value, or undefined when there is none or it has expired. */
  get(key: string): Promise<string | undefined>
  /** Writes, whatever was there. Without `ttl` the value stays. */
  set(key: string, value: string, ttl?: number): Promise<void>
  /** Writes only if nothing is there. Returns whether it did: of several callers exactly one gets true. */
  add(key: string, value: string, ttl?: number): Promise<boolean>
  /** Writes only if `expected` is there now. Returns whether it did. */
  replace(key: string, expected: string, value: string, ttl?: number): Promise<boolean>
  /** Reads and removes: of several callers exactly one gets the value. */
  take(key: string): Promise<string | undefined>
  /**
   * Counts: 1 for a key that is not there, then one more each time. `ttl` counts from the first, so a key that is
   * counted often still ends. Two callers never get the same number.
   */
  increment(key: string, ttl?: number): Promise<number>
  /** Removes; with `expected`, only if that is there now. */
  delete(key: string, expected?: string): Promise<void>
  /** Gives back connections and files. The store is not used afterwards. */
  close(): Promise<void>
}

/** The store cannot be opened, or does not answer. The message says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** Whether the store is to blame. By name: a store of somebody's own may bring the class of another copy of this package. */
export function isStoreFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreError'
}
