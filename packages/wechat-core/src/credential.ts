import { z } from 'zod'
import type { Store } from './stores/store.ts'

export interface CredentialOptions {
  /** Where in the store it is kept. */
  key: string
  store: Store
  /** Asks WeChat. `expiresIn` are the remaining seconds that WeChat reports. */
  fetch: () => Promise<{ value: string; expiresIn: number }>
  now: () => number
}

/** A secret that WeChat lends for a while: an access_token or a ticket. */
export interface Credential {
  /**
   * The current value. Many callers at once cause one request. While a value is valid nobody waits: it is renewed
   * in the background before it ends, and a failed renewal is tried again later.
   */
  get(): Promise<string>
  /**
   * Drops `failed`, if that is still the current value, and asks anew. A caller that comes late, after somebody
   * renewed it already, gets that newer one and causes no request. WeChat may give the same value again.
   */
  renew(failed: string): Promise<string>
}

const entrySchema = z.object({
  value: z.string().min(1),
  fetchedAt: z.number(),
  refreshAt: z.number(),
  expiresAt: z.number(),
})
type Entry = z.infer<typeof entrySchema>

const LONGEST_MARGIN = 300_000 // WeChat itself hands out the next stable_token 5 minutes early
const RETRY_AFTER_FAILURE = 3_000

/**
 * Holds one credential: in memory, behind it in the store (so a restart asks nothing), behind that at WeChat.
 * All times are milliseconds.
 */
export function createCredential(options: CredentialOptions): Credential {
  const { key, store, now } = options
  let current: Entry | undefined
  let flight: Promise<Entry> | undefined
  let failure: { error: unknown; until: number } | undefined

  const isValid = (entry: Entry | undefined): entry is Entry =>
    // A clock that was set back would stretch a lifetime: what seems to come from the future is not believed.
    entry !== undefined && now() < entry.expiresAt && now() >= entry.fetchedAt - 1000

  async function load(): Promise<Entry> {
    const stored = readEntry(await store.get(key))
    if (isValid(stored) && now() < stored.refreshAt) return stored
    const { value, expiresIn } = await options.fetch()
    const lifetime = expiresIn * 1000
    const fetchedAt = now()
    const entry: Entry = {
      value,
      fetchedAt,
      refreshAt: fetchedAt + lifetime - Math.min(LONGEST_MARGIN, lifetime / 10),
      expiresAt: fetchedAt + lifetime,
    }
    await store.set(key, JSON.stringify(entry), lifetime)
    return entry
  }

  // Compare and expire: a value that somebody else renewed meanwhile stays. The store comes first, so that no
  // flight can read the failed value back while memory is already empty.
  async function expire(failed: string): Promise<void> {
    const text = await store.get(key)
    if (text !== undefined && readEntry(text)?.value === failed) await store.delete(key, text)
    if (current?.value === failed) current = undefined
  }

  // One flight at a time. Who arrives meanwhile shares it, success or failure.
  function refresh(): Promise<Entry> {
    if (!flight && failure && now() < failure.until && now() >= failure.until - RETRY_AFTER_FAILURE) {
      return Promise.reject(failure.error)
    }
    flight ??= load()
      .then((entry) => {
        failure = undefined
        return (current = entry)
      })
      .catch((error: unknown) => {
        failure = { error, until: now() + RETRY_AFTER_FAILURE }
        throw error
      })
      .finally(() => (flight = undefined))
    return flight
  }

  return {
    async get() {
      if (!isValid(current)) return (await refresh()).value
      if (now() >= current.refreshAt) refresh().catch(() => undefined) // still valid: the next caller tries again
      return current.value
    },
    async renew(failed) {
      await flight?.catch(() => undefined) // it may have begun before the value failed
      await expire(failed)
      return (isValid(current) ? current : await refresh()).value
    },
  }
}

function readEntry(text: string | undefined): Entry | undefined {
  if (text === undefined) return undefined
  try {
    return entrySchema.parse(JSON.parse(text))
  } catch {
    return undefined // written by another version: fetched anew
  }
}
