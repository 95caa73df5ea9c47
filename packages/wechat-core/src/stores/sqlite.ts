import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError, type Store } from './store.ts'

export interface SqliteStoreOptions {
  /** Path of the database file; its folder is made when missing. */
  path: string
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
}

const WAIT_FOR_OTHER_PROCESSES = 5000 // milliseconds
const SWEEP_EVERY = 1000 // writes
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * One file that several processes on one machine may share. Readable by its owner only, because it holds
 * tokens and sessions.
 *
 * @throws {StoreError} the file can't be written, or is damaged; it is never replaced silently
 */
export function sqliteStore(options: SqliteStoreOptions): Store {
  const now = options.now ?? Date.now
  const db = open(resolve(options.path))
  let writes = 0

  const select = db.prepare('SELECT value FROM entries WHERE key = ? AND expires_at > ?')
  const upsert = db.prepare(
    'INSERT INTO entries (key, value, expires_at) VALUES (?, ?, ?) ' +
      'ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at',
  )
  // Only an expired row may be overwritten, in the same statement that would insert: no other process fits between.
  const insert = db.prepare(
    'INSERT INTO entries (key, value, expires_at) VALUES (?, ?, ?) ' +
      'ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at ' +
      'WHERE entries.expires_at <= ?',
  )
  const swap = db.prepare(
    'UPDATE entries SET value = ?, expires_at = ? WHERE key = ? AND value = ? AND expires_at > ?',
  )
  const pop = db.prepare('DELETE FROM entries WHERE key = ? RETURNING value, expires_at')
  // An expired row starts again at 1, in the same statement.
  const count = db.prepare(
    'INSERT INTO entries (key, value, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET ' +
      'value = CASE WHEN entries.expires_at <= ?4 THEN ?2 ELSE CAST(CAST(entries.value AS INTEGER) + 1 AS TEXT) END, ' +
      'expires_at = CASE WHEN entries.expires_at <= ?4 THEN ?3 ELSE entries.expires_at END RETURNING value',
  )
  const remove = db.prepare('DELETE FROM entries WHERE key = ?')
  const removeIf = db.prepare('DELETE FROM entries WHERE key = ? AND value = ?')
  const sweep = db.prepare('DELETE FROM entries WHERE expires_at <= ?')

  const expiry = (ttl: number | undefined): number => (ttl === undefined ? NEVER : Math.floor(now() + ttl))
  const countWrite = (): void => {
    if (++writes % SWEEP_EVERY === 0) sweep.run(now())
  }

  return failing({
    async get(key) {
      return text(select.get(key, now())?.['value'])
    },
    async set(key, value, ttl) {
      upsert.run(key, value, expiry(ttl))
      countWrite()
    },
    async add(key, value, ttl) {
      countWrite()
      return insert.run(key, value, expiry(ttl), now()).changes === 1
    },
    async replace(key, expected, value, ttl) {
      countWrite()
      return swap.run(value, expiry(ttl), key, expected, now()).changes === 1
    },
    async take(key) {
      const row = pop.get(key)
      return row && Number(row['expires_at']) > now() ? text(row['value']) : undefined
    },
    async increment(key, ttl) {
      countWrite()
      return Number(count.get(key, '1', expiry(ttl), now())?.['value'])
    },
    async delete(key, expected) {
      if (expected === undefined) remove.run(key)
      else removeIf.run(key, expected)
    },
    async close() {
      db.close()
    },
  })
}

// What SQLite throws later (disk full, locked for too long) becomes a StoreError as well.
function failing(store: Store): Store {
  const wrapped = Object.entries(store).map(
    ([name, method]: [string, (...args: never[]) => Promise<unknown>]) => [
      name,
      async (...args: never[]) => {
        try {
          return await method(...args)
        } catch (error) {
          throw new StoreError(`[store] SQLite: ${error instanceof Error ? error.message : String(error)}`)
        }
      },
    ],
  )
  return Object.fromEntries(wrapped) as Store
}

function open(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600) // SQLite gives its -wal and -shm files the same mode
    const db = new DatabaseSync(path, { timeout: WAIT_FOR_OTHER_PROCESSES })
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    const check = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (check !== 'ok') throw new Error(String(check))
    db.exec(
      'CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;' +
        'CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_at)',
    )
    return db
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      `[store] ${path} can't be used: ${reason}. Check its owner and free space; if it is damaged, ` +
        'move it away (logins are lost, tokens are fetched anew) and start again.',
    )
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
