import { setTimeout as sleep } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { DatabaseError, readDatabaseAddress } from './databaseAddress.ts'
import type { Migrations } from './migrate.ts'
import { openEngines } from './testing/engines.ts'

const { engines, close } = await openEngines()
afterAll(close)

const first: Migrations = {
  '2026-01-notes': async ({ createTable }) => {
    await createTable('notes')
      .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('text', 'text')
      .execute()
  },
}
const second: Migrations = {
  ...first,
  '2026-02-colours': async ({ db }) => {
    await db.schema.alterTable('notes').addColumn('colour', 'varchar(20)').execute()
  },
}

describe.each(engines)('$name', ({ newDatabase }) => {
  async function open(address: string, migrations: Migrations) {
    const db = await openDatabase(address, migrations)
    return { db, notes: db as unknown as Kysely<{ notes: { name: string; text: string } }> }
  }

  it('migrations run once, over processes that start at the same time', async () => {
    const address = await newDatabase()
    let runs = 0
    const counted: Migrations = {
      '2026-01-notes': async (tools) => {
        runs++
        await first['2026-01-notes']?.(tools)
      },
    }
    const all = await Promise.all(Array.from({ length: 6 }, () => open(address, counted)))
    expect(runs).toBe(1)
    await Promise.all(all.map(({ db }) => db.destroy()))
  })

  it('a newer release adds to the tables while the older one goes on, and the older one can start again', async () => {
    const address = await newDatabase()
    const old = await open(address, first)
    await old.notes.insertInto('notes').values({ name: 'a', text: '茶 🍵' }).execute()
    const next = await open(address, second)
    await old.notes.insertInto('notes').values({ name: 'b', text: '' }).execute()
    await old.db.destroy()
    const oldAgain = await open(address, first)
    expect(
      await oldAgain.notes.selectFrom('notes').select(['name', 'text']).orderBy('name').execute(),
    ).toEqual([
      { name: 'a', text: '茶 🍵' },
      { name: 'b', text: '' },
    ])
    const colours = await sql<{ colour: unknown }>`select colour from notes`.execute(next.db)
    expect(colours.rows).toHaveLength(2)
    await Promise.all([next.db.destroy(), oldAgain.db.destroy()])
  })

  it('a text that differs in its letters only is another text', async () => {
    const { db, notes } = await open(await newDatabase(), first)
    for (const name of ['oA', 'oa', 'oÄ'])
      await notes.insertInto('notes').values({ name, text: '' }).execute()
    expect(await notes.selectFrom('notes').select('name').where('name', '=', 'oa').execute()).toEqual([
      { name: 'oa' },
    ])
    await db.destroy()
  })

  it('a migration that fails is named, and keeps the server from starting', async () => {
    const failing: Migrations = {
      ...first,
      '2026-03-broken': async ({ db }) => void (await sql`alter table nothing add x integer`.execute(db)),
    }
    await expect(open(await newDatabase(), failing)).rejects.toThrow(
      /the migration 2026-03-broken failed: .*nothing/,
    )
  })

  it('a transaction that fails leaves nothing', async () => {
    const { db, notes } = await open(await newDatabase(), first)
    const work = notes.transaction().execute(async (on) => {
      await on.insertInto('notes').values({ name: 'a', text: '' }).execute()
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await notes.selectFrom('notes').selectAll().execute()).toEqual([])
    await db.destroy()
  })
})

it('two processes that write one SQLite file wait for each other, and not with the event loop', async () => {
  const { newDatabase } = engines[0] ?? {}
  const address = String(await newDatabase?.())
  const [one, other] = [await openDatabase(address, first), await openDatabase(address, first)]
  let isHeld = (): void => {}
  const held = new Promise<void>((done) => (isHeld = done))
  let [isWaiting, turns] = [false, 0]
  const holding = one.transaction().execute(async (on) => {
    await sql`insert into notes (name, text) values ('a', '')`.execute(on)
    isHeld()
    // Counted while the other one waits: it would wait in vain if it kept the event loop from turning.
    while (turns < 10) {
      await sleep(5)
      if (isWaiting) turns++
    }
  })
  await held
  isWaiting = true
  await sql`insert into notes (name, text) values ('b', '')`.execute(other)
  expect(turns).toBe(10)
  await holding
  expect((await sql`select * from notes`.execute(one)).rows).toHaveLength(2)
  await Promise.all([one.destroy(), other.destroy()])
})

describe('DATABASE_URL', () => {
  it.each([
    ['sqlite:./data/site.db', { engine: 'sqlite', path: './data/site.db' }],
    ['sqlite:///srv/site.db', { engine: 'sqlite', path: '/srv/site.db' }],
    ['postgresql://a:b@db/site', { engine: 'postgres', url: 'postgresql://a:b@db/site', host: 'db' }],
    ['mysql://a:b@db:3307/site', { engine: 'mysql', url: 'mysql://a:b@db:3307/site', host: 'db:3307' }],
  ])('%s', (address, expected) => expect(readDatabaseAddress(address)).toEqual(expected))

  it.each([
    '',
    'site.db',
    'sqlite:',
    'redis://db/0',
    'postgres://user:hunter2@db',
    'mysql://user:hunter2@/x y',
  ])('refuses %s in words, and does not repeat a password', (address) => {
    expect(() => readDatabaseAddress(address)).toThrow(DatabaseError)
    expect(() => readDatabaseAddress(address)).not.toThrow(/hunter2/)
    expect(() => readDatabaseAddress(address)).toThrow(/postgres:\/\/user:password@host/)
  })

  it.each([
    ['postgres://test:hunter2@127.0.0.1:1/site', /postgres at 127\.0\.0\.1:1: nobody answers/],
    ['mysql://test:hunter2@127.0.0.1:1/site', /mysql at 127\.0\.0\.1:1: nobody answers/],
  ])('says that nobody answers at %s', async (address, message) => {
    await expect(openDatabase(address, {})).rejects.toThrow(message)
  })

  it.each(engines.filter(({ name }) => name !== 'SQLite'))(
    '$name: a database that is missing is named',
    async ({ newDatabase }) => {
      const address = (await newDatabase()).replace(/\/site\d+$/, '/nowhere')
      await expect(openDatabase(address, {})).rejects.toThrow(/no database of that name/)
    },
  )
})
