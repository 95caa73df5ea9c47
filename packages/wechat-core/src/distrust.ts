import { hash } from 'node:crypto'
import type { Entry } from './credentialEntry.ts'

/** Values that this process no longer trusts, whatever a store says about them. */
export interface Distrust {
  /** From now on the value is not trusted, as it was fetched under that fence or an earlier one. */
  add(known: Pick<Entry, 'value' | 'fence'>): void
  covers(entry: Pick<Entry, 'value' | 'fence'>): boolean
  /** WeChat has just given this value, so it is good. */
  clear(value: string): void
}

const KEPT = 100 // a value that is this many refusals old has ended by itself

/** Holds digests, so that nothing here can be used to call WeChat. */
export function createDistrust(): Distrust {
  const fences = new Map<string, number>()
  const digest = (value: string): string => hash('sha256', value)
  return {
    add({ value, fence }) {
      const name = digest(value)
      const known = fences.get(name) ?? fence
      fences.delete(name)
      fences.set(name, Math.max(known, fence))
      const [oldest] = fences.keys()
      if (fences.size > KEPT && oldest !== undefined) fences.delete(oldest)
    },
    covers({ value, fence }) {
      return fences.size > 0 && fence <= (fences.get(digest(value)) ?? -Infinity)
    },
    clear(value) {
      fences.delete(digest(value))
    },
  }
}
