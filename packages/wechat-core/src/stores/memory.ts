import type { Store } from './store.ts'

export interface MemoryStoreOptions {
  /** Milliseconds. Default: a clock of this process that nobody can set. */
  now?: () => number
}

const SWEEP_EVERY = 1000 // writes

/** Keeps everything in this process. For tests and demos: a restart forgets, a second process sees nothing. */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const now = neverBack(options.now ?? (() => performance.now()))
  const entries = new Map<string, { value: string; expiresAt: number }>()
  let writes = 0

  const read = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.expiresAt > now()) return entry.value
    entries.delete(key)
    return undefined
  }
  const write = (key: string, value: string, ttl = Infinity): void => {
    entries.set(key, { value, expiresAt: now() + ttl })
    if (++writes % SWEEP_EVERY === 0) for (const known of entries.keys()) read(known)
  }

  return {
    async get(key) {
      return read(key)
    },
    async set(key, value, ttl) {
      write(key, value, ttl)
    },
    async add(key, value, ttl) {
      if (read(key) !== undefined) return false
      write(key, value, ttl)
      return true
    },
    async replace(key, expected, value, ttl) {
      if (read(key) !== expected) return false
      write(key, value, ttl)
      return true
    },
    async take(key) {
      const value = read(key)
      entries.delete(key)
      return value
    },
    async increment(key, ttl) {
      const before = read(key)
      const count = Number(before ?? 0) + 1
      const entry = before === undefined ? undefined : entries.get(key)
      if (entry) entry.value = String(count)
      else write(key, String(count), ttl)
      return count
    },
    async delete(key, expected) {
      if (expected === undefined || read(key) === expected) entries.delete(key)
    },
    async close() {
      entries.clear()
    },
  }
}

// A clock that is set back would freeze what was written before. So only what goes forward is counted.
function neverBack(clock: () => number): () => number {
  let last = clock()
  let passed = 0
  return () => {
    const reading = clock()
    passed += Math.max(0, reading - last)
    last = reading
    return passed
  }
}
