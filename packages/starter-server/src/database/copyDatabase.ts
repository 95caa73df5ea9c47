import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { openDatabase, type Database } from './database.ts'
import { DatabaseError, readDatabaseAddress } from './databaseAddress.ts'
import { isMysql, isPostgres } from './engine.ts'
import type { Migrations } from './migrate.ts'
import { tablesOf, type Table } from './tables.ts'

export interface CopyDatabaseOptions {
  /** `sqlite:PATH` */
  from: string
  /** The address of a database without rows. */
  to: string
  /** Of all features: both sides are brought up to date by them first. */
  migrations: Migrations
}

type Row = Record<string, unknown>

/**
 * Copies all tables into another database, in one transaction: all of them arrive, or nothing does.
 *
 * @returns how many rows each table has
 * @throws {DatabaseError} one of them cannot be used; says why. No message has a row's text in it
 */
export async function copyDatabase(options: CopyDatabaseOptions): Promise<Map<string, number>> {
  const { from, to, migrations } = options
  refuseAddresses(from, to)
  const source = await openDatabase(from, migrations)
  try {
    const target = await openEmpty(to, await tablesOf(source), migrations)
    try {
      // Nobody writes into the file meanwhile: the transaction is the only one that may.
      return await source
        .transaction()
        .execute((reading) => target.transaction().execute((writing) => copyAll(reading, writing)))
    } finally {
      await target.destroy()
    }
  } finally {
    await source.destroy()
  }
}

function refuseAddresses(from: string, to: string): void {
  const source = readDatabaseAddress(from)
  if (source.engine !== 'sqlite') throw new DatabaseError('What is copied from is sqlite:PATH.')
  if (!existsSync(source.path)) throw new DatabaseError(`${source.path} is not there.`)
  const target = readDatabaseAddress(to)
  if (target.engine === 'sqlite' && target.path === ':memory:')
    throw new DatabaseError('sqlite::memory: forgets what it is given when this command ends.')
  if (target.engine === 'sqlite' && resolve(target.path) === resolve(source.path))
    throw new DatabaseError('Both addresses name the same file.')
}

// Looked at before the migrations run: what these put into a new table comes from the source as well.
async function openEmpty(to: string, tables: Table[], migrations: Migrations) {
  const before = await openDatabase(to, {})
  try {
    const names = new Set(tables.map(({ name }) => name))
    for (const { name } of await tablesOf(before))
      if (names.has(name) && (await countOf(before, name)) > 0)
        throw new DatabaseError(
          `The table ${name} of the database that is copied into has rows already. Create a new database for it.`,
        )
  } finally {
    await before.destroy()
  }
  return openDatabase(to, migrations)
}

async function copyAll(reading: Database, writing: Database): Promise<Map<string, number>> {
  const tables = await tablesOf(reading)
  const names = new Set(tables.map(({ name }) => name))
  // A database may be shared with another program, whose tables are none of ours.
  const targets = (await tablesOf(writing)).filter(({ name }) => names.has(name))
  for (const table of tables) refuseUnknown(table, targets)
  if (isMysql(writing))
    // Some hosts leave it to the session whether a text that is too long is refused or cut.
    await sql`set session sql_mode = concat(@@sql_mode, ',STRICT_ALL_TABLES')`.execute(writing)
  await inWorkingOrder(writing, targets, ({ name }) => sql`delete from ${sql.table(name)}`.execute(writing))
  await inWorkingOrder(writing, tables, (table) => copyTable(reading, writing, table))
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const [had, has] = [await countOf(reading, name), await countOf(writing, name)]
    if (had !== has) throw new DatabaseError(`Of ${had} rows of ${name}, ${has} arrived. Nothing was copied.`)
    counts.set(name, has)
  }
  for (const table of targets) await continueNumbers(writing, table)
  return counts
}

function refuseUnknown({ name, columns }: Table, targets: Table[]): void {
  const target = targets.find((one) => one.name === name)
  const unknown = target ? columns.find((column) => !target.columns.includes(column)) : undefined
  if (target && unknown === undefined) return
  const what = unknown === undefined ? `The table ${name}` : `The column ${unknown} of ${name}`
  throw new DatabaseError(`${what} comes from no migration of this release. Use the release that wrote it.`)
}

// One table may refer to another, which then has to be there first. What fails is tried again after the others.
async function inWorkingOrder(
  on: Database,
  tables: Table[],
  work: (table: Table) => Promise<unknown>,
): Promise<void> {
  for (let left = tables; left.length > 0;) {
    const failed: { table: Table; error: unknown }[] = []
    for (const table of left) {
      await sql`savepoint before_table`.execute(on)
      try {
        await work(table)
      } catch (error) {
        await sql`rollback to savepoint before_table`.execute(on)
        failed.push({ table, error })
      }
      await sql`release savepoint before_table`.execute(on)
    }
    // A table that is refused for itself, rather than one that refers to it.
    const worst = failed.find(({ error }) => reasonOf(error) !== NOT_THERE) ?? failed[0]
    if (worst && failed.length === left.length) throw explained(worst.table, worst.error)
    left = failed.map(({ table }) => table)
  }
}

// A statement has at most so much in it: drivers and servers have limits for both.
const VALUES = 10_000
const CHARACTERS = 1_000_000

async function copyTable(reading: Database, writing: Database, { name, columns }: Table) {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  // Numbers that PostgreSQL counts by itself are taken as they are.
  const overriding = isPostgres(writing) ? sql`overriding system value` : sql``
  let rows: Row[] = []
  let characters = 0
  const flush = async () => {
    if (rows.length === 0) return
    const lists = rows.map((row) => sql`(${sql.join(columns.map((column) => valueOf(row[column])))})`)
    await sql`insert into ${sql.table(name)} (${names}) ${overriding} values ${sql.join(lists)}`.execute(
      writing,
    )
    rows = []
    characters = 0
  }
  const all = sql<Row>`select ${names} from ${sql.table(name)}`.compile(reading)
  for await (const { rows: chunk } of reading.getExecutor().stream(all, 100))
    for (const row of chunk) {
      rows.push(row)
      for (const column of columns) characters += sizeOf(row[column])
      if (rows.length * columns.length >= VALUES || characters >= CHARACTERS) await flush()
    }
  await flush()
}

const valueOf = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value) : value)
const sizeOf = (value: unknown) =>
  typeof value === 'string' || value instanceof Uint8Array ? value.length : 0

// PostgreSQL's counters know nothing of rows that brought their number along. Those of MariaDB and SQLite do.
async function continueNumbers(on: Database, { name, counted }: Table): Promise<void> {
  if (!isPostgres(on)) return
  for (const column of counted)
    await sql`select setval(pg_get_serial_sequence(${`"${name}"`}, ${column}), max(${sql.ref(column)}))
      from ${sql.table(name)} having max(${sql.ref(column)}) is not null`.execute(on)
}

async function countOf(on: Database, table: string): Promise<number> {
  const { rows } = await sql<{ n: unknown }>`select count(*) as n from ${sql.table(table)}`.execute(on)
  return Number(rows[0]?.n)
}

// What engines say may repeat what is in a row, such as an openid: their codes say enough.
function explained({ name }: Table, error: unknown): DatabaseError {
  return new DatabaseError(`The table ${name} cannot be copied: ${reasonOf(error)} Nothing was copied.`)
}

const TOO_LONG = 'a text in it is longer than its column takes; SQLite does not mind.'
const NOT_THERE = 'a row refers to one that is not there; SQLite had not checked it.'
const REASONS: Record<string, string> = {
  '22001': TOO_LONG,
  ER_DATA_TOO_LONG: TOO_LONG,
  '23503': NOT_THERE,
  ER_NO_REFERENCED_ROW_2: NOT_THERE,
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error without a code'
  return REASONS[code] ?? `the database refuses it with ${code}.`
}
