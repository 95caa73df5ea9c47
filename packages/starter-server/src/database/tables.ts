import { sql } from 'kysely'
import type { Database } from './database.ts'
import { isPostgres } from './engine.ts'
import { MIGRATION_TABLES } from './migrate.ts'

/** A table as its database has it. */
export interface Table {
  name: string
  columns: string[]
  /** Those that the database numbers by itself. */
  counted: string[]
}

/** What the migrations made, without what is kept of the migrations themselves. */
export async function tablesOf(db: Database): Promise<Table[]> {
  const own = await ownSchema(db)
  const all = await db.introspection.getTables()
  return all
    .filter(({ name, isView }) => !isView && !MIGRATION_TABLES.includes(name))
    .filter(({ schema }) => own === undefined || schema === own)
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name),
      counted: columns.filter(({ isAutoIncrementing }) => isAutoIncrementing).map((column) => column.name),
    }))
}

// PostgreSQL lists the tables of all schemas, such as those of extensions.
async function ownSchema(db: Database): Promise<string | undefined> {
  if (!isPostgres(db)) return undefined
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db)
  return rows[0]?.name
}
