// A site moves from its SQLite file to a database server, with all that people have left.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { copyDatabase } from './copyDatabase.ts'
import { openDatabase } from './database.ts'
import { isPostgres } from './engine.ts'
import type { Migrations } from './migrate.ts'
import { openEngines } from './testing/engines.ts'

const { engines, close } = await openEngines()
const folder = mkdtempSync(join(tmpdir(), 'copy-'))
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

// A table that refers to one whose name comes later, a number that the database counts, and a row that a migration brings.
const migrations: Migrations = {
  '2026-01-teas': async ({ db, createTable }) => {
    await createTable('teas')
      .addColumn('name', 'varchar(20)', (column) => column.primaryKey())
      .addColumn('story', 'text')
      .addColumn('price', 'double precision')
      .addColumn('fresh', 'boolean')
      .addColumn('leaf', isPostgres(db) ? 'bytea' : 'blob')
      .execute()
    await createTable('cups')
      .addColumn('id', 'integer', (column) =>
        isPostgres(db)
          ? column.generatedAlwaysAsIdentity().primaryKey()
          : column.autoIncrement().primaryKey(),
      )
      .addColumn('tea', 'varchar(20)', (column) => column.notNull())
      .addForeignKeyConstraint('cups_tea', ['tea'], 'teas', ['name'])
      .execute()
    await sql`insert into teas (name) values ('water')`.execute(db)
  },
}

interface Tables {
  teas: { name: string; story: string | null; price: number | null; fresh: unknown; leaf: Uint8Array | null }
  cups: { id?: number; tea: string }
}
const open = async (address: string, known = migrations) =>
  (await openDatabase(address, known)) as unknown as Kysely<Tables>

const CUPS = 3_000
let files = 0
let from = ''
beforeEach(async () => {
  from = `sqlite:${join(folder, `site${++files}.db`)}`
  const source = await open(from)
  const leaf = Uint8Array.of(0, 1, 254, 255)
  const story = '“春”茶 🍵'.repeat(3_000)
  await source.insertInto('teas').values({ name: 'oolong', story, price: 12.5, fresh: 1, leaf }).execute()
  const cups = Array.from({ length: CUPS }, (_, i) => ({ id: 2 * i + 1, tea: 'oolong' }))
  await source.insertInto('cups').values(cups).execute()
  await source.destroy()
})

describe.each(engines)('into $name', ({ newDatabase }) => {
  it('everything is there afterwards, and numbers are counted on', async () => {
    const to = await newDatabase()
    const counts = await copyDatabase({ from, to, migrations })
    expect(Object.fromEntries(counts)).toEqual({ teas: 2, cups: CUPS })
    const moved = await open(to)
    const [oolong, water] = await moved.selectFrom('teas').selectAll().orderBy('name').execute()
    expect(water).toMatchObject({ name: 'water', story: null, price: null, fresh: null, leaf: null })
    expect(oolong).toMatchObject({ name: 'oolong', story: '“春”茶 🍵'.repeat(3_000), price: 12.5 })
    expect(Number(oolong?.fresh)).toBe(1)
    expect([...(oolong?.leaf ?? [])]).toEqual([0, 1, 254, 255])
    await moved.insertInto('cups').values({ tea: 'water' }).execute()
    const last = await moved.selectFrom('cups').selectAll().orderBy('id', 'desc').limit(2).execute()
    expect(last).toEqual([
      { id: 2 * CUPS, tea: 'water' },
      { id: 2 * CUPS - 1, tea: 'oolong' },
    ])
    await moved.destroy()
  })

  it('rows that are there stay, and nothing comes between them', async () => {
    const to = await newDatabase()
    const there = await open(to)
    await there.insertInto('cups').values({ tea: 'water' }).execute()
    await expect(copyDatabase({ from, to, migrations })).rejects.toThrow(
      /table (cups|teas) .* has rows already/,
    )
    expect(await there.selectFrom('cups').select('tea').execute()).toEqual([{ tea: 'water' }])
    await there.destroy()
  })

  it('tables of something else in that database keep their rows', async () => {
    const to = await newDatabase()
    const there = await openDatabase(to, {})
    await sql`create table customers (name varchar(20))`.execute(there)
    await sql`insert into customers values ('of another program')`.execute(there)
    await copyDatabase({ from, to, migrations })
    const { rows } = await sql`select name from customers`.execute(there)
    expect(rows).toEqual([{ name: 'of another program' }])
    await there.destroy()
  })

  it('what comes from no migration of this release is named, and nothing is copied', async () => {
    const newer: Migrations = {
      ...migrations,
      '2026-02-pots': async ({ createTable }) =>
        createTable('pots').addColumn('name', 'varchar(20)').execute(),
    }
    await (await openDatabase(from, newer)).destroy()
    const to = await newDatabase()
    await expect(copyDatabase({ from, to, migrations })).rejects.toThrow(
      'The table pots comes from no migration',
    )
    const untouched = await open(to)
    expect(await untouched.selectFrom('cups').selectAll().execute()).toEqual([])
    await untouched.destroy()
  })
})

describe.each(engines.filter(({ name }) => name !== 'SQLite'))('what $name refuses', ({ newDatabase }) => {
  it('is named without what the row says, and the other tables stay empty as well', async () => {
    const source = await open(from)
    await source
      .insertInto('teas')
      .values({ name: 'oSecretOpenid of one person', story: null, price: null, fresh: 0, leaf: null })
      .execute()
    await source.destroy()
    const to = await newDatabase()
    const said = await copyDatabase({ from, to, migrations }).catch((error: unknown) => String(error))
    expect(said).toMatch(/The table teas cannot be copied: a text in it is longer .* Nothing was copied/)
    expect(said).not.toContain('oSecretOpenid')
    const target = await open(to)
    expect(await target.selectFrom('cups').selectAll().execute()).toEqual([])
    await target.destroy()
  })
})

it.each([
  ['postgres://a:hunter2@db/site', 'sqlite:./b.db', 'copied from is sqlite:PATH'],
  ['sqlite:/nowhere/site.db', 'sqlite:./b.db', '/nowhere/site.db is not there'],
  ['itself', 'sqlite::memory:', 'forgets'],
  ['itself', 'itself', 'the same file'],
])('from %s to %s: says why not', async (address, to, why) => {
  const named = (one: string) => (one === 'itself' ? from : one)
  const copying = copyDatabase({ from: named(address), to: named(to), migrations })
  await expect(copying).rejects.toThrow(why)
  await expect(copying).rejects.not.toThrow('hunter2')
})
