import { openStore, readSqliteEntries, StoreError } from 'wechat-core'

export interface CopyStoreOptions {
  /** `sqlite:PATH` */
  from: string
  /** The address of any store. */
  to: string
  /** Milliseconds since 1970. */
  now?: () => number
}

// Tokens and tickets, which are fetched again, with leases that belong to running processes; counters; a check's mark.
const LEFT_BEHIND = /^(wechat:|limit:|readyz$)/

/**
 * Copies sessions, members and all else that people would miss into another store, each with the rest of its life.
 *
 * @returns how many entries
 * @throws {StoreError} one of them cannot be used
 */
export async function copyStore({ from, to, now = Date.now }: CopyStoreOptions): Promise<number> {
  if (!from.startsWith('sqlite:')) throw new StoreError('What is copied from is sqlite:PATH.')
  if (to.startsWith('memory:'))
    throw new StoreError('memory: forgets what it is given when this command ends.')
  const entries = await readSqliteEntries(from.slice('sqlite:'.length), now())
  const kept = entries.filter(({ key }) => !LEFT_BEHIND.test(key))
  const store = await openStore(to)
  try {
    for (const { key, value, expiresAt } of kept)
      await store.set(key, value, expiresAt === undefined ? undefined : Math.max(1, expiresAt - now()))
  } finally {
    await store.close()
  }
  return kept.length
}
