import { setTimeout as sleep } from 'node:timers/promises'
import { fromNote, pauseAfter, toNote } from './backoff.ts'
import { isValidAt, toEntry, type Entry, type Fetched } from './credentialEntry.ts'
import { WechatTransportError } from './errors.ts'
import type { OnEvent } from './events.ts'
import { isLeased, withLease } from './lease.ts'
import { storedEntry } from './storedEntry.ts'
import { isStoreFailure, type Store } from './stores/store.ts'

export interface CredentialOptions {
  /** As it appears in events, e.g. `jsapi_ticket`. */
  name: string
  /** Where in the store it is kept. */
  key: string
  store: Store
  /** Asks WeChat. `expiresIn` are the remaining seconds that WeChat reports. */
  fetch: () => Promise<Fetched>
  now: () => number
  onEvent: OnEvent
  /** Called with the fence of a value that was dropped because WeChat refused it. */
  onDropped?: (fence: number) => Promise<void>
}

/** A secret that WeChat lends for a while: an access_token or a ticket. */
export interface Credential {
  /**
   * The current value. Callers of all processes that share the store cause one request. While a value is valid nobody
   * waits: it is renewed in the background before it ends.
   */
  get(): Promise<string>
  /** The same with the number that it was fetched under; a later one is higher. */
  current(): Promise<{ value: string; fence: number }>
  /**
   * Drops `failed`, if that is still the current value, and asks anew. A caller that comes late, after somebody
   * renewed it already, gets that newer one and causes no request. WeChat may give the same value again.
   */
  renew(failed: string): Promise<string>
  /**
   * The value that the store holds now, or the one that another process is just asking for. Causes no request of its
   * own while the store holds a valid value: for a caller who doubts what this process has in memory.
   */
  catchUp(): Promise<string>
  /** Drops the value if it was made with that credential, or an older one. */
  dropMadeWith(fence: number): Promise<void>
  /** Stops renewing in the background. */
  close(): void
}

const PATIENCE = 15_000
const LOOK_EVERY = 25
const LOOKS_FOR_NEWER = 40
const LOOK_AGAIN = 100 // how often a process looks whether another has renewed

/**
 * Holds one credential: in memory, behind it in the store, behind that at WeChat. All times are milliseconds.
 *
 * One process asks at a time. It holds a lease while it does, and writes under a fencing number that it took with the
 * lease, so that one which slept through its lease can't overwrite what came after it. Without a store each process
 * goes on alone with what it has in memory.
 */
export function createCredential(options: CredentialOptions): Credential {
  const { name, key, store, now, onEvent } = options
  const failureKey = `${key}:failure`
  let memory: Entry | undefined
  let flight: Promise<Entry> | undefined
  let renewal: Promise<string> | undefined
  let lookAgainAt = 0
  let failure: { error: unknown; from: number; until: number } | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const isValid = (entry: Entry | undefined): entry is Entry => isValidAt(entry, now())
  const isFresh = (entry: Entry | undefined): entry is Entry => isValid(entry) && now() < entry.refreshAt
  const shared = storedEntry(store, key, now)

  // One flight at a time and process. Who arrives meanwhile shares it, success or failure.
  function refresh(): Promise<Entry> {
    if (!flight && failure && now() >= failure.from && now() < failure.until)
      return Promise.reject(failure.error)
    flight ??= load()
      .then(adopt, (error: unknown) => {
        failure = { error, from: now(), until: now() + pauseAfter(error) }
        planFor(pauseAfter(error))
        throw error
      })
      .finally(() => (flight = undefined))
    return flight
  }

  function adopt(entry: Entry): Entry {
    failure = undefined
    memory = entry
    planFor(Math.max(LOOK_AGAIN, entry.refreshAt - now()))
    return entry
  }

  // A site without visitors renews as well, so that the next one does not wait.
  function planFor(due: number): void {
    clearTimeout(timer)
    if (closed || !isValid(memory)) return
    timer = setTimeout(() => void refresh().catch(() => undefined), Math.min(due, 2 ** 31 - 1)).unref()
  }

  async function load(): Promise<Entry> {
    try {
      return await loadTogether()
    } catch (error) {
      if (!isStoreFailure(error)) throw error
      onEvent({ type: 'store_failed', credential: name })
      const fence = memory?.fence ?? 0
      if (isFresh(memory)) return memory
      return await ask(fence) // alone, until the store is back
    }
  }

  async function loadTogether(): Promise<Entry> {
    const until = performance.now() + PATIENCE
    for (;;) {
      const stored = await shared.read()
      if (isFresh(stored)) return stored
      const note = await store.get(failureKey)
      const known = note === undefined ? undefined : fromNote(note)
      if (known && isValid(stored)) return stored
      if (known) throw known
      const asked = await withLease(store, key, askUnderLease)
      if (asked) return asked.result
      if (isValid(stored)) return stored // another process renews it; it is good meanwhile
      if (performance.now() > until) {
        throw new WechatTransportError(
          { method: 'GET', path: name },
          'wechat_timeout',
          'no process could renew it in time',
        )
      }
      await sleep(LOOK_EVERY + Math.random() * LOOK_EVERY)
    }
  }

  async function askUnderLease(takeFence: () => Promise<number>): Promise<Entry> {
    const stored = await shared.read() // somebody may have finished just before this lease began
    if (isFresh(stored)) return stored
    const fence = await takeFence()
    try {
      return await save(await ask(fence))
    } catch (error) {
      const note = toNote(error)
      if (note !== undefined) await store.set(failureKey, note, pauseAfter(error)).catch(() => undefined)
      throw error
    }
  }

  async function ask(fence: number): Promise<Entry> {
    // The lifetime counts from before the request: by the time the answer is here, some of it is gone.
    const askedAt = now()
    const startedAt = performance.now()
    const ms = () => performance.now() - startedAt
    try {
      const fetched = await options.fetch()
      onEvent({ type: 'refreshed', credential: name, ms: ms() })
      return toEntry(fetched, fence, askedAt)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      onEvent({ type: 'refresh_failed', credential: name, code, ms: ms() })
      throw error
    }
  }

  // The fetched value is never lost: when the store fails now, this process goes on with it.
  async function save(entry: Entry): Promise<Entry> {
    try {
      const saved = await shared.save(entry)
      if (saved === entry) await store.delete(failureKey)
      return saved
    } catch (error) {
      if (!isStoreFailure(error)) throw error
      onEvent({ type: 'store_failed', credential: name })
      return entry
    }
  }

  // The store comes first, so that no flight can read the failed value back while memory is already empty.
  async function drop(isFailed: (entry: Entry) => boolean): Promise<void> {
    let fence = memory && isFailed(memory) ? memory.fence : undefined
    try {
      fence = (await shared.drop(isFailed)) ?? fence
    } catch (error) {
      if (!isStoreFailure(error)) throw error
      onEvent({ type: 'store_failed', credential: name })
    }
    if (memory && isFailed(memory)) memory = undefined
    if (fence === undefined) return
    onEvent({ type: 'dropped', credential: name })
    await options.onDropped?.(fence)
  }

  // Somebody may be about to drop the value, or be asking for the next one just now: so the store is looked at again.
  async function newestKnown(): Promise<string> {
    const doubted = memory?.value
    for (let looks = 0; looks < LOOKS_FOR_NEWER; looks++) {
      const stored = await shared.read()
      if (!isValid(stored)) return (await refresh()).value
      if (stored.value !== doubted) return adopt(stored).value
      if (looks > 0 && !(await isLeased(store, key))) break
      await sleep(LOOK_EVERY + Math.random() * LOOK_EVERY)
    }
    return (await current()).value
  }

  async function current(): Promise<Entry> {
    if (isValid(memory)) {
      if (now() >= memory.refreshAt && performance.now() >= lookAgainAt) {
        lookAgainAt = performance.now() + LOOK_AGAIN
        refresh().catch(() => undefined) // still valid: tried again later
      }
      return memory
    }
    const startedAt = performance.now()
    try {
      return await refresh()
    } finally {
      onEvent({ type: 'waited', credential: name, ms: performance.now() - startedAt })
    }
  }

  return {
    current,
    get: async () => (await current()).value,
    renew(failed) {
      const work = async () => {
        await flight?.catch(() => undefined) // it may have begun before the value failed
        await drop((entry) => entry.value === failed)
        return (await current()).value
      }
      const mine = work().finally(() => {
        if (renewal === mine) renewal = undefined
      })
      renewal = mine
      return mine
    },
    async catchUp() {
      if (renewal) return renewal
      try {
        return await newestKnown()
      } catch (error) {
        if (!isStoreFailure(error) || !isValid(memory)) throw error
        return memory.value
      }
    },
    async dropMadeWith(fence) {
      await drop((entry) => entry.madeWith !== undefined && entry.madeWith <= fence)
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
