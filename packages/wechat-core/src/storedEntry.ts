import { isValidAt, readEntry, type Entry } from './credentialEntry.ts'
import { latestFence } from './lease.ts'
import type { Store } from './stores/store.ts'

/** A credential's place in the store, which several processes write to. Every method may throw a StoreError. */
export interface StoredEntry {
  read(): Promise<Entry | undefined>
  /** Writes, unless somebody with a later fence was here: then theirs is returned. */
  save(entry: Entry): Promise<Entry>
  /** Compare and expire: removes what failed, and nothing that came after it. Returns the fence of what it removed. */
  drop(isFailed: (entry: Entry) => boolean): Promise<number | undefined>
}

export function storedEntry(store: Store, key: string, now: () => number): StoredEntry {
  return {
    async read() {
      return readEntry(await store.get(key))
    },
    async save(entry) {
      for (;;) {
        const text = await store.get(key)
        // This process slept, and another has come since: its value counts, even if it was dropped again already.
        if ((await latestFence(store, key)) > entry.fence) {
          const there = readEntry(text)
          return there && isValidAt(there, now()) ? there : entry
        }
        const ttl = Math.max(1, entry.expiresAt - entry.fetchedAt)
        const json = JSON.stringify(entry)
        const written =
          text === undefined ? await store.add(key, json, ttl) : await store.replace(key, text, json, ttl)
        if (written) return entry
      }
    },
    async drop(isFailed) {
      const text = await store.get(key)
      const stored = readEntry(text)
      if (text === undefined || !stored || !isFailed(stored)) return undefined
      await store.delete(key, text)
      return stored.fence
    },
  }
}
