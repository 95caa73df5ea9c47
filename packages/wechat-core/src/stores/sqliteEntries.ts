import { existsSync } from 'node:fs'
import { StoreError } from './store.ts'

/** What a store holds under one key. */
export interface StoreEntry {
  key: string
  value: string
  /** Milliseconds since 1970; undefined: it stays. */
  expiresAt: number | undefined
}

/**
 * All that a store of SQLite holds at one moment, to move it into another store. The file may be in use.
 *
 * @param path of the file
 * @throws {StoreError} there is no such file, or it is no store
 */
export async function readSqliteEntries(path: string, now: number): Promise<StoreEntry[]> {
  if (!existsSync(path)) throw new StoreError(`[store] ${path} is not there.`)
  const { DatabaseSync } = await import('node:sqlite') // loaded by those alone who need it
  const db = new DatabaseSync(path)
  try {
    const rows = db.prepare('SELECT key, value, expires_at FROM entries WHERE expires_at > ?').all(now)
    return rows.map(({ key, value, expires_at }) => ({
      key: String(key),
      value: String(value),
      expiresAt: Number(expires_at) >= Number.MAX_SAFE_INTEGER ? undefined : Number(expires_at),
    }))
  } catch (error) {
    throw new StoreError(`[store] ${path} is no store: ${error instanceof Error ? error.message : ''}`)
  } finally {
    db.close()
  }
}
