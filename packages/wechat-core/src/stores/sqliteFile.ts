import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** An open database, and which file it is: another one may come to stand under its path. */
export interface SqliteFile {
  db: DatabaseSync
  /** Whether the path still names this file. */
  isThere(): boolean
}

// Nobody is kept waiting inside SQLite, where the whole process would stand still; sqlite.ts tries again instead.
const WAIT_INSIDE = 0
const BUSY = 5
const LOCKED = 6

/**
 * Opens the file, which is made when missing, and brings one of an earlier release up to date. Readable by its owner
 * only, because it holds tokens and sessions.
 *
 * @param again the file was deleted while this process had it open
 * @throws {Error} as SQLite and the file system have it; see {@link isBusy}
 */
export function openSqliteFile(path: string, now: number, again: boolean): SqliteFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (again && !existsSync(path)) {
    // Of the file that is gone: they would be read as the new one's.
    for (const leftover of [`${path}-wal`, `${path}-shm`]) rmSync(leftover, { force: true })
  }
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600) // SQLite gives its -wal and -shm files the same mode
  const id = idOf(path)
  const db = new DatabaseSync(path, { timeout: WAIT_INSIDE })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    const check = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (check !== 'ok') throw new Error(String(check))
    bringUpToDate(db, now)
  } catch (error) {
    db.close()
    throw error
  }
  return { db, isThere: () => idOf(path) === id }
}

/** Whether another process holds the file up, so that trying again helps. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  const code = Number(error.errcode) & 0xff
  return code === BUSY || code === LOCKED
}

function bringUpToDate(db: DatabaseSync, now: number): void {
  if (hasWrittenAt(db)) return
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(
      'CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;' +
        'CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_at)',
    )
    // Looked at again: another process may have been first. The default lets a release without it go on writing.
    if (!hasWrittenAt(db)) {
      db.exec('ALTER TABLE entries ADD COLUMN written_at INTEGER NOT NULL DEFAULT 0')
      db.prepare('UPDATE entries SET written_at = ?').run(now)
    }
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function hasWrittenAt(db: DatabaseSync): boolean {
  return (
    db.prepare("SELECT 1 FROM pragma_table_info('entries') WHERE name = 'written_at'").get() !== undefined
  )
}

// The file's number on its device. While it is open nothing else can get it.
function idOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}
