import type { Clock } from './clock.ts'
import { isMachineFailure, WechatApiError } from './errors.ts'
import { fromNote, toNote } from './failureNote.ts'
import type { Lease } from './lease.ts'
import { isStoreFailure, type Store } from './stores/store.ts'

/** Which process may ask WeChat again after a failure, and when. */
export interface Backoff {
  /**
   * The failure because of which WeChat is not asked now. Undefined: it may be asked.
   *
   * @throws {StoreError} it is not known what other processes met
   */
  reason(): Promise<unknown>
  /** The same as far as this process knows it without the store. */
  ownReason(): unknown
  /** WeChat, or the way to it, failed. With the lease all processes that it concerns are told. */
  failed(error: unknown, lease?: Lease): Promise<void>
  /** WeChat answered: what was noted is over. With the lease all processes are told. */
  succeeded(lease?: Lease): Promise<void>
}

// Milliseconds after the first failure, the second, and each one more: soon once, and never more than two in a minute.
const MINUTE = 60_000
const PAUSES = [1_000, MINUTE, 30_000]
const FOR_A_PERSON = MINUTE // only a person can mend these; asking burns quota
const ROW = 120_000 // failures that are further apart than this are not in a row

/**
 * A note in the store says that nobody asks; it ends when the store lets it go. What concerns the account is noted for
 * every machine, what concerns one machine or its network only for the processes there.
 *
 * No process believes a note for longer than the pause that it names, from when it first saw it: so it needs no clock
 * that agrees with another's, and a store whose clock was set back cannot hold anybody up.
 */
export function createBackoff(parts: { store: Store; key: string; machine: string; clock: Clock }): Backoff {
  const { store, key, machine, clock } = parts
  const forAll = `${key}:failure`
  const forMachine = `${key}:failure:${machine}`
  const seen = new Map<string, { text: string; at: number }>()
  let own: { error: unknown; until: number } | undefined
  let last = -Infinity // the failure before, of whatever kind
  // A note has a row of its own: what this machine met is no part of the account's row, and makes no pause of it shorter.
  const rows = new Map<string, { failures: number; at: number }>()

  const ownReason = (): unknown => (own && clock.now() < own.until ? own.error : undefined)

  async function noted(noteKey: string): Promise<unknown> {
    const text = await store.get(noteKey)
    const note = text === undefined ? undefined : fromNote(text)
    if (text === undefined || !note) return undefined
    const known = seen.get(noteKey)
    const at = known?.text === text ? known.at : clock.now()
    seen.set(noteKey, { text, at })
    return clock.now() < at + note.pause ? note.error : undefined
  }

  const noteKeyOf = (error: unknown): string => (isMachineFailure(error) ? forMachine : forAll)

  // Only under the lease: a process that slept through it may not stop those that came after.
  async function tell(error: unknown, at: number, lease: Lease): Promise<void> {
    if (!(await lease.isHeld())) return
    const noteKey = noteKeyOf(error)
    const before = Number((await store.get(rowOf(noteKey))) ?? 0)
    const failures = Math.max(rows.get(noteKey)?.failures ?? 0, before + 1)
    rows.set(noteKey, { failures, at })
    const pause = pauseAfter(error, failures)
    const text = toNote(error, { pause, at })
    if (text === undefined) return
    await store.set(noteKey, text, pause)
    await store.set(rowOf(noteKey), String(failures), ROW)
    seen.set(noteKey, { text, at })
  }

  return {
    ownReason,
    reason: async () => ownReason() ?? (await noted(forAll)) ?? (await noted(forMachine)),
    async failed(error, lease) {
      const at = clock.now()
      const [noteKey, before] = [noteKeyOf(error), last]
      const row = rows.get(noteKey)
      const failures = row && at < row.at + ROW ? row.failures + 1 : 1
      rows.set(noteKey, { failures, at })
      last = at
      if (lease) await tell(error, at, lease).catch(ignoreStoreFailure)
      // The row may be longer for the others, and so the pause shorter, than for this process alone.
      own = {
        error,
        until: Math.max(at + pauseAfter(error, rows.get(noteKey)?.failures ?? failures), before + MINUTE),
      }
    },
    async succeeded(lease) {
      own = undefined
      last = -Infinity
      rows.clear()
      if (!lease) return
      const keys = [...seen.keys()]
      seen.clear()
      for (const noteKey of keys) {
        await store.delete(noteKey)
        await store.delete(rowOf(noteKey))
      }
    },
  }
}

const rowOf = (noteKey: string): string => `${noteKey}:row`

/** For how many milliseconds nobody asks again after this failure, the first, second or later one in a row. */
export function pauseAfter(error: unknown, failures: number): number {
  if (error instanceof WechatApiError && !['busy', 'stale'].includes(error.kind)) return FOR_A_PERSON
  return PAUSES[Math.min(failures, PAUSES.length) - 1] ?? FOR_A_PERSON
}

function ignoreStoreFailure(error: unknown): void {
  if (!isStoreFailure(error)) throw error
}
