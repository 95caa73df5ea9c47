import type { DatabaseSync } from 'node:sqlite'

/** What is done to the rows of one open file. Each is one statement, so that no other process fits between. */
export type SqliteRows = ReturnType<typeof sqliteRows>

/** Of rows that stay. */
const NEVER = Number.MAX_SAFE_INTEGER
// Two processes of one machine may read its clock in another order than they write.
const CLOCK_MARGIN = 1_000 // milliseconds

export function sqliteRows(db: DatabaseSync) {
  // Parameters that are used twice have names: numbers, as in "?1", are first taken by Node.js 22.14.
  const select = db.prepare('SELECT value, written_at FROM entries WHERE key = ? AND expires_at > ?')
  const upsert = db.prepare(
    'INSERT INTO entries (key, value, expires_at, written_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET ' +
      'value = excluded.value, expires_at = excluded.expires_at, written_at = excluded.written_at',
  )
  // Only an expired row may be overwritten.
  const insert = db.prepare(
    'INSERT INTO entries (key, value, expires_at, written_at) VALUES ($key, $value, $expiry, $now) ON CONFLICT (key) DO UPDATE SET ' +
      'value = excluded.value, expires_at = excluded.expires_at, written_at = excluded.written_at ' +
      'WHERE entries.expires_at <= $now',
  )
  const swap = db.prepare(
    'UPDATE entries SET value = $value, expires_at = $expiry, written_at = $now ' +
      'WHERE key = $key AND value = $expected AND expires_at > $now',
  )
  const pop = db.prepare('DELETE FROM entries WHERE key = ? RETURNING value, expires_at')
  // An expired row starts again at 1.
  const count = db.prepare(
    'INSERT INTO entries (key, value, expires_at, written_at) VALUES ($key, $one, $expiry, $now) ON CONFLICT (key) DO UPDATE SET ' +
      'value = CASE WHEN entries.expires_at <= $now THEN $one ELSE CAST(CAST(entries.value AS INTEGER) + 1 AS TEXT) END, ' +
      'expires_at = CASE WHEN entries.expires_at <= $now THEN $expiry ELSE entries.expires_at END, ' +
      'written_at = CASE WHEN entries.expires_at <= $now THEN $now ELSE entries.written_at END RETURNING value',
  )
  const remove = db.prepare('DELETE FROM entries WHERE key = ?')
  const removeIf = db.prepare('DELETE FROM entries WHERE key = ? AND value = ?')
  const fromTheFuture = db.prepare('SELECT 1 FROM entries WHERE key = ? AND written_at > ?')
  const rebase = db.prepare(
    `UPDATE entries SET written_at = $now, expires_at = CASE expires_at WHEN ${NEVER} THEN ${NEVER} ` +
      'ELSE $now + expires_at - written_at END WHERE key = $key AND written_at > $limit',
  )
  const sweep = db.prepare(
    'DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries WHERE expires_at <= ? LIMIT ?)',
  )
  const expiry = (now: number, ttl: number | undefined) => (ttl === undefined ? NEVER : Math.floor(now + ttl))

  return {
    get(key: string, now: number): { value: string; isFromTheFuture: boolean } | undefined {
      const row = select.get(key, now)
      if (typeof row?.['value'] !== 'string') return undefined
      return { value: row['value'], isFromTheFuture: Number(row['written_at']) > now + CLOCK_MARGIN }
    },
    set: (key: string, value: string, ttl: number | undefined, now: number) =>
      void upsert.run(key, value, expiry(now, ttl), now),
    add: (key: string, value: string, ttl: number | undefined, now: number) =>
      insert.run({ key, value, expiry: expiry(now, ttl), now }).changes === 1,
    replace: (key: string, expected: string, value: string, ttl: number | undefined, now: number) =>
      swap.run({ key, expected, value, expiry: expiry(now, ttl), now }).changes === 1,
    take(key: string, now: number) {
      const row = pop.get(key)
      return row && Number(row['expires_at']) > now ? text(row['value']) : undefined
    },
    increment: (key: string, ttl: number | undefined, now: number) =>
      Number(count.get({ key, one: '1', expiry: expiry(now, ttl), now })?.['value']),
    delete: (key: string, expected: string | undefined) =>
      void (expected === undefined ? remove.run(key) : removeIf.run(key, expected)),
    /**
     * The clock was set back since this row was written: its time begins again. Otherwise a lease of 3 seconds would
     * hold for as long as the clock was set back. What is long, as a session, lives on.
     */
    mistrustTheFuture(key: string, now: number): void {
      if (fromTheFuture.get(key, now + CLOCK_MARGIN)) rebase.run({ key, now, limit: now + CLOCK_MARGIN })
    },
    /** Removes what has expired, so many at most. Returns how many there were. */
    sweep: (now: number, most: number) => Number(sweep.run(now, most).changes),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
