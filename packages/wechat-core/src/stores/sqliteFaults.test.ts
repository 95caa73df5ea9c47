// What a machine, its operator and its clock do to a file of SQLite.
import { execFile } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { sqliteStore, type SqliteStoreOptions } from './sqlite.ts'
import type { Store } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'faults-'))
let files = 0
const newPath = () => join(folder, `${++files}.db`)
const stores: Store[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const HOUR = 3_600_000
const FAILED = { name: 'StoreError' }

async function open(path: string, options: Omit<SqliteStoreOptions, 'path'> = {}): Promise<Store> {
  const store = await sqliteStore({ path, ...options })
  stores.push(store)
  return store
}

/** Locks the file as a backup or somebody's shell does. */
function lock(path: string): { release: () => void } {
  const db = new DatabaseSync(path)
  db.exec('BEGIN IMMEDIATE')
  return { release: () => db.close() }
}

function keysIn(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare('SELECT key FROM entries').all()
  db.close()
  return rows.map(({ key }) => String(key))
}

function script(path: string, lines: string): [string, string[]] {
  const code = `
    import { sqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)}
    const path = ${JSON.stringify(path)}
    ${lines}`
  return [process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', code]]
}

describe('a file that another process has locked', () => {
  it('stops nothing else in this process: writes fail in time, reads go on', async () => {
    const path = newPath()
    const store = await open(path)
    await store.set('kept', 'yes')
    const { release } = lock(path)
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    const startedAt = performance.now()
    const writes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => store.set(`a${i}`, 'one')))
    const waited = performance.now() - startedAt
    clearInterval(watch)
    expect(writes.map((write) => write.status)).toEqual(Array(20).fill('rejected'))
    expect(writes[0]).toMatchObject({ reason: { ...FAILED, message: expect.stringMatching(/locked/) } })
    expect(waited).toBeLessThan(3000)
    expect(longest).toBeLessThan(waited / 2) // waiting inside SQLite, it would be nearly all of it
    expect(await store.get('kept')).toBe('yes')
    release()
  })

  it('is left alone for a while after that, and is used again when it is free', async () => {
    const path = newPath()
    const store = await open(path)
    const { release } = lock(path)
    await expect(store.set('a', 'one')).rejects.toMatchObject(FAILED)
    const startedAt = performance.now()
    for (let i = 0; i < 20; i++) await expect(store.set('a', 'one')).rejects.toMatchObject(FAILED)
    expect(performance.now() - startedAt).toBeLessThan(800) // 20 that each waited would take 16 seconds
    release()
    await expect.poll(() => store.add('b', 'one').catch(() => false), { timeout: 10_000 }).toBe(true)
  })

  it('is waited for when that does not last', async () => {
    const path = newPath()
    const store = await open(path)
    const { release } = lock(path)
    const writing = store.set('a', 'one')
    await sleep(100)
    release()
    await writing
    expect(await store.get('a')).toBe('one')
  })

  it('at the start is waited for, also while it is no store yet', async () => {
    const path = newPath()
    const { release } = lock(path)
    const opening = open(path)
    await sleep(200)
    release()
    expect(await (await opening).add('a', 'one')).toBe(true)
  })
})

it('six processes that make the file at the same moment all start', async () => {
  const run = promisify(execFile)
  for (let round = 0; round < 2; round++) {
    const path = newPath()
    const worker = script(
      path,
      `while (Date.now() < ${Date.now() + 1500}) {}
       const store = await sqliteStore({ path })
       console.log(await store.add('lease', String(process.pid)))
       await store.close()`,
    )
    const started = await Promise.all(Array.from({ length: 6 }, () => run(...worker)))
    expect(started.filter(({ stdout }) => stdout.trim() === 'true')).toHaveLength(1)
  }
}, 60_000)

it('a full disk is a failure of the store, and what is there can still be read', async () => {
  const path = newPath()
  const [program, flags] = script(
    path,
    `const store = await sqliteStore({ path })
     await store.set('kept', 'yes')
     let failure
     for (let i = 0; i < 500 && !failure; i++)
       failure = await store.set('a' + i, 'x'.repeat(4000)).then(() => undefined, (error) => error.name)
     console.log(failure, await store.get('kept'))`,
  )
  const limited = ['-c', 'trap "" XFSZ; ulimit -f 256; exec "$0" "$@"', program, ...flags]
  const { stdout } = await promisify(execFile)('sh', limited)
  expect(stdout.trim()).toBe('StoreError yes')
})

describe('a file that is deleted or replaced while it is in use', () => {
  it.each([
    ['with its log and index', ['', '-wal', '-shm']],
    ['alone', ['']],
  ])('deleted %s: two processes still share one', async (_case, ends) => {
    const path = newPath()
    const [one, two] = [await open(path), await open(path)]
    await one.set('lease', 'of before')
    for (const end of ends) rmSync(path + end)
    expect([await one.add('lease', 'one'), await two.add('lease', 'two')]).toEqual([true, false])
    expect(await two.get('lease')).toBe('one')
    await two.set('b', 'two')
    expect(await one.get('b')).toBe('two')
    await Promise.all(stores.splice(0).map((store) => store.close()))
    expect(keysIn(path).sort()).toEqual(['b', 'lease'])
  })

  it('another one in its place is the one that counts', async () => {
    const [path, other] = [newPath(), newPath()]
    const store = await open(path)
    await store.set('a', 'old')
    const backup = await sqliteStore({ path: other })
    await backup.set('a', 'new')
    await backup.close()
    for (const end of ['-wal', '-shm']) rmSync(path + end)
    renameSync(other, path)
    await expect.poll(() => store.get('a')).toBe('new')
  })

  it('its folder too', async () => {
    const inner = join(folder, 'inner')
    const store = await open(join(inner, 'app.db'))
    await store.set('a', 'one')
    rmSync(inner, { recursive: true })
    await store.set('a', 'two')
    expect(await (await open(join(inner, 'app.db'))).get('a')).toBe('two')
  })
})

describe('a clock that was set back 8 hours', () => {
  it('over a restart: what was written then holds its own time, and not 8 hours', async () => {
    const path = newPath()
    const before = await sqliteStore({ path, now: () => 100 * HOUR })
    await before.add('lease', 'of the dead', 3000)
    await before.increment('window', 60_000)
    await before.set('session', 'of somebody', 30 * 24 * HOUR)
    await before.set('stays', 'yes')
    await before.close()

    let time = 92 * HOUR
    const after = await open(path, { now: () => time })
    expect(await after.add('lease', 'mine', 3000)).toBe(false)
    expect(await after.increment('window', 60_000)).toBe(2)
    time += 3001
    expect(await after.add('lease', 'mine', 3000)).toBe(true)
    time += 60_000
    expect(await after.increment('window', 60_000)).toBe(1)
    expect(await after.get('session')).toBe('of somebody')
    time += 365 * 24 * HOUR
    expect(await after.get('session')).toBeUndefined()
    expect(await after.get('stays')).toBe('yes')
  })

  it('what is only read ends in time as well', async () => {
    const path = newPath()
    let time = 100 * HOUR
    const store = await open(path, { now: () => time })
    await store.set('note', 'a failure', 60_000)
    time -= 8 * HOUR
    expect(await store.get('note')).toBe('a failure')
    time += 60_001
    expect(await store.get('note')).toBeUndefined()
  })
})

describe('what has expired', () => {
  const fill = async (path: string, rows: number) => {
    await (await sqliteStore({ path })).close()
    const db = new DatabaseSync(path)
    db.exec('BEGIN')
    const insert = db.prepare('INSERT INTO entries (key, value, expires_at) VALUES (?, ?, ?)')
    for (let i = 0; i < rows; i++) insert.run(`old${i}`, 'personal', 1)
    db.exec('COMMIT')
    db.close()
  }

  it('goes at the start, however much it is', async () => {
    const path = newPath()
    await fill(path, 5_000)
    const store = await open(path)
    await store.set('kept', 'yes')
    await expect.poll(() => keysIn(path), { timeout: 10_000 }).toEqual(['kept'])
  })

  it('goes by itself, without a thousand writes', async () => {
    const path = newPath()
    const store = await open(path, { sweepEvery: 50 })
    await store.set('short', 'personal', 100)
    expect(keysIn(path)).toEqual(['short'])
    await expect.poll(() => keysIn(path), { timeout: 10_000 }).toEqual([])
  })
})

it('a file of the first release opens, with everything in it, and that release still reads it', async () => {
  const path = newPath()
  const old = new DatabaseSync(path)
  old.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;' +
      'CREATE INDEX entries_by_expiry ON entries (expires_at)',
  )
  const insert = 'INSERT INTO entries (key, value, expires_at) VALUES (?, ?, ?)'
  old.prepare(insert).run('session', 'of somebody', Date.now() + HOUR)
  old.prepare(insert).run('stays', 'yes', Number.MAX_SAFE_INTEGER)
  old.close()
  const stores = await Promise.all([open(path), open(path)])
  for (const store of stores) {
    expect(await store.get('session')).toBe('of somebody')
    expect(await store.get('stays')).toBe('yes')
  }
  const again = new DatabaseSync(path)
  again.prepare(insert).run('by the old one', 'yes', Date.now() + HOUR)
  again.close()
  expect(await stores[0]?.get('by the old one')).toBe('yes')
})
