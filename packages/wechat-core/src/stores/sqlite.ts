import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCircuitBreaker, type CircuitBreaker } from './circuitBreaker.ts'
import { isBusy, openSqliteFile, type SqliteFile } from './sqliteFile.ts'
import { sqliteRows, type SqliteRows } from './sqliteStatements.ts'
import { StoreError, type Store } from './store.ts'

export interface SqliteStoreOptions {
  /** Path of the database file; its folder is made when missing. */
  path: string
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number
  /** How often expired entries are removed, in milliseconds. Default a minute. */
  sweepEvery?: number
}

const START_LIMIT = 5_000 // milliseconds: others may be making the file at this moment
const BUSY_LIMIT = 800
const TRY_EVERY = 5
const LOOK_EVERY = 100
const SWEEP_EVERY = 60_000
const SWEEP_MOST = 1_000 // entries at a time, so that nobody waits for a sweep
const SWEEP_PAUSE = 20

/**
 * One file that several processes on one machine may share. Where another process has it locked, callers wait without
 * holding up anything else, and not for long.
 *
 * @throws {StoreError} the file cannot be written, or is damaged; it is never replaced silently
 */
export async function sqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { now = Date.now, sweepEvery = SWEEP_EVERY } = options
  const path = resolve(options.path)
  let opened: (SqliteFile & { rows: SqliteRows }) | undefined
  let wasOpen = false
  let closed = false
  let tryAt = 0
  let lookedAt = 0
  const breaker = () => createCircuitBreaker({ name: `the file ${path}`, after: 1 })
  const [reads, writes] = [breaker(), breaker()] // apart: a file that somebody writes to can still be read

  // A file that was deleted or replaced is another one for every other process, so it is for this one. A writer looks
  // each time: a lease in a file that is gone would be held twice.
  function rows(isWrite = true): SqliteRows {
    if (closed) throw new Error('the store is closed')
    const looked = !isWrite && performance.now() - lookedAt < LOOK_EVERY
    if (opened && (looked || opened.isThere())) {
      if (!looked) lookedAt = performance.now()
      return opened.rows
    }
    opened?.db.close()
    opened = undefined
    const file = openSqliteFile(path, now(), wasOpen)
    opened = { ...file, rows: sqliteRows(file.db) }
    wasOpen = true
    return opened.rows
  }

  /** Tries again while the file is locked. Of all callers that wait only one tries at a time. */
  async function whileBusy<T>(work: () => T, limit: number): Promise<T> {
    for (const until = performance.now() + limit; ;) {
      if (performance.now() >= tryAt) {
        try {
          return work()
        } catch (error) {
          if (!isBusy(error) || performance.now() > until) throw error
          tryAt = performance.now() + TRY_EVERY * (1 + Math.random())
        }
      }
      await sleep(Math.max(1, tryAt - performance.now()))
    }
  }

  async function run<T>(kind: CircuitBreaker, work: () => T): Promise<T> {
    kind.enter()
    try {
      const result = await whileBusy(work, BUSY_LIMIT)
      kind.answered()
      return result
    } catch (error) {
      if (isBusy(error)) kind.timedOut()
      else kind.answered()
      throw failureOf(path, error)
    }
  }

  function read(key: string): string | undefined {
    const there = rows(false)
    const row = there.get(key, now())
    if (row?.isFromTheFuture) {
      try {
        there.mistrustTheFuture(key, now())
      } catch (error) {
        if (!isBusy(error)) throw error // somebody writes; a reader goes on
      }
    }
    return row?.value
  }

  const write = <T>(key: string, work: (there: SqliteRows, time: number) => T): Promise<T> =>
    run(writes, () => {
      const [there, time] = [rows(), now()]
      there.mistrustTheFuture(key, time)
      return work(there, time)
    })

  async function sweep(): Promise<void> {
    try {
      while ((await whileBusy(() => rows().sweep(now(), SWEEP_MOST), BUSY_LIMIT)) === SWEEP_MOST)
        await sleep(SWEEP_PAUSE, undefined, { ref: false })
    } catch {
      // The next one removes it.
    }
  }

  await whileBusy(rows, START_LIMIT).catch((error: unknown) => {
    throw cantBeUsed(path, error)
  })
  void sweep()
  const sweeper = setInterval(() => void sweep(), sweepEvery).unref()

  return {
    get: (key) => run(reads, () => read(key)),
    set: (key, value, ttl) => write(key, (there, time) => there.set(key, value, ttl, time)),
    add: (key, value, ttl) => write(key, (there, time) => there.add(key, value, ttl, time)),
    replace: (key, expected, value, ttl) =>
      write(key, (there, time) => there.replace(key, expected, value, ttl, time)),
    take: (key) => write(key, (there, time) => there.take(key, time)),
    increment: (key, ttl) => write(key, (there, time) => there.increment(key, ttl, time)),
    delete: (key, expected) => write(key, (there) => there.delete(key, expected)),
    async close() {
      closed = true
      clearInterval(sweeper)
      opened?.db.close()
      opened = undefined
    },
  }
}

// What SQLite throws (disk full, locked for too long) becomes a StoreError.
function failureOf(path: string, error: unknown): StoreError {
  if (isBusy(error)) return new StoreError(`[store] ${path} is locked by another process.`)
  return new StoreError(`[store] SQLite: ${reasonOf(error)}`)
}

function cantBeUsed(path: string, error: unknown): StoreError {
  return new StoreError(
    isBusy(error)
      ? `[store] ${path} cannot be used: another process has it locked. End it, and start again.`
      : `[store] ${path} cannot be used: ${reasonOf(error)}. Check its owner and free space; if it is damaged, ` +
          'move it away (logins are lost, tokens are fetched again) and start again.',
  )
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
