import type { Clock } from './clock.ts'
import { readEntry, writeEntry, type Entry } from './credentialEntry.ts'
import { latestFence } from './lease.ts'
import type { Store } from './stores/store.ts'

/** A credential's place in the store, which several processes write to. Every method may throw a StoreError. */
export interface StoredEntry {
  read(): Promise<Entry | undefined>
  /** Writes, unless somebody with a later fence was here: then what they have left is returned, if anything. */
  save(entry: Entry): Promise<{ written: boolean; there: Entry | undefined }>
  /** Removes that value, and none that came after it. */
  drop(failed: Pick<Entry, 'value' | 'fence'>): Promise<void>
}

export function storedEntry(store: Store, key: string, clock: Clock): StoredEntry {
  return {
    async read() {
      return readEntry(await store.get(key), clock)
    },
    async save(entry) {
      for (;;) {
        const text = await store.get(key)
        // This process slept, and another has come since: its value counts, even if it was dropped again already.
        if ((await latestFence(store, key)) > entry.fence)
          return { written: false, there: readEntry(text, clock) }
        const ttl = Math.max(1, entry.expiresAt - clock.now())
        const json = writeEntry(entry, clock)
        const written =
          text === undefined ? await store.add(key, json, ttl) : await store.replace(key, text, json, ttl)
        if (written) return { written, there: entry }
      }
    },
    async drop({ value, fence }) {
      const text = await store.get(key)
      const stored = readEntry(text, clock)
      if (stored?.value === value && stored.fence <= fence) await store.delete(key, text)
    },
  }
}
