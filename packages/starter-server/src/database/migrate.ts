import { sql, type CreateTableBuilder, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { DatabaseError } from './databaseAddress.ts'
import { isMysql } from './engine.ts'

/** One migration: a change of the tables that older releases can live with. Add tables and columns; drop them a release later. */
export type Migrate = (tools: MigrationTools) => Promise<void>

/** By name, e.g. `2026-11-signup`; they run in the order of their names. A name that was released never changes. */
export type Migrations = Record<string, Migrate>

export interface MigrationTools {
  db: Kysely<unknown>
  /** A new table whose texts are compared letter by letter on every engine: an openid is case-sensitive. */
  createTable(name: string): CreateTableBuilder<string>
}

const TABLE = 'migrations'
const LOCK_TABLE = `${TABLE}_lock`

/** Where is kept which migrations have run. */
export const MIGRATION_TABLES = [TABLE, LOCK_TABLE]

/**
 * Runs what has not run yet. Of several processes that start at once, one does; the others wait.
 *
 * @throws {DatabaseError} naming the migration that failed; the ones before it stay
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const run = async () => {
    const all = { ...(await ofNewerReleases(db)), ...toKysely(migrations) }
    const migrator = new Migrator({
      db,
      migrationTableName: TABLE,
      migrationLockTableName: LOCK_TABLE,
      allowUnorderedMigrations: true, // two features, each with its own, come in any order
      provider: { getMigrations: async () => all },
    })
    return migrator.migrateToLatest()
  }
  let { error, results } = await run()
  // A newer release may have migrated since the table was read: then its migrations are known the second time.
  if (error && !results?.length) ({ error, results } = await run())
  if (!error) return
  const failed = results?.find(({ status }) => status === 'Error')
  if (!failed) throw error
  const why = error instanceof Error ? error.message : String(error)
  throw new DatabaseError(`the migration ${failed.migrationName} failed: ${why}`, { cause: error })
}

function toKysely(migrations: Migrations): Record<string, Migration> {
  const entries = Object.entries(migrations).map(([name, run]): [string, Migration] => [
    name,
    {
      up: (db: Kysely<unknown>) =>
        run({
          db,
          createTable(table) {
            const builder = db.schema.createTable(table).ifNotExists()
            return isMysql(db) ? builder.modifyEnd(sql`character set utf8mb4 collate utf8mb4_bin`) : builder
          },
        }),
    },
  ])
  return Object.fromEntries(entries)
}

// An older release that starts beside a newer one finds migrations that it does not know. It leaves them alone.
async function ofNewerReleases<T>(db: Kysely<T>): Promise<Record<string, Migration>> {
  const known = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!known.some(({ name }) => name === TABLE)) return {}
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db)
  return Object.fromEntries(rows.map(({ name }) => [name, { up: async () => undefined }]))
}
