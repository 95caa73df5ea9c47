import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { CompiledQuery, Kysely, MysqlDialect, PostgresDialect, sql, type Dialect } from 'kysely'
import { DatabaseError, readDatabaseAddress, type DatabaseAddress } from './databaseAddress.ts'
import { migrate, type Migrations } from './migrate.ts'
import { nodeSqliteDialect } from './nodeSqlite.ts'

/** The tables, by name. A feature adds its own: `declare module 'starter-server/database/database' { interface Tables { … } }`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the features
export interface Tables {}

/** Where the app's own data is. Queries are Kysely's: https://kysely.dev */
export type Database = Kysely<Tables>

// No request waits longer than this for the database, in milliseconds.
const LONGEST = 5_000
const CONNECTIONS = 10

/**
 * Opens what `DATABASE_URL` names and brings its tables up to date, once over all processes.
 *
 * @param migrations of all features, by name
 * @throws {DatabaseError} what it names cannot be used; says why, and what to do
 */
export async function openDatabase(address: string, migrations: Migrations): Promise<Database> {
  const where = readDatabaseAddress(address)
  const db = new Kysely<Tables>({ dialect: await dialectOf(where) })
  try {
    await sql`select 1`.execute(db)
    await migrate(db, migrations)
    return db
  } catch (error) {
    await db.destroy().catch(() => undefined)
    throw explained(where, error)
  }
}

async function dialectOf(where: DatabaseAddress): Promise<Dialect> {
  if (where.engine === 'sqlite') {
    if (where.path !== ':memory:') mkdirSync(dirname(where.path), { recursive: true, mode: 0o700 })
    return nodeSqliteDialect(where.path)
  }
  // The drivers load only when they are chosen.
  if (where.engine === 'postgres') {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      connectionString: where.url,
      max: CONNECTIONS,
      connectionTimeoutMillis: LONGEST,
      query_timeout: LONGEST * 2,
      statement_timeout: LONGEST,
      idle_in_transaction_session_timeout: LONGEST,
    })
    pool.on('error', () => undefined) // of an idle connection: the next query opens another, or says what is wrong
    return new PostgresDialect({ pool })
  }
  const { createPool } = await import('mysql2')
  const pool = createPool({ uri: where.url, connectionLimit: CONNECTIONS, connectTimeout: LONGEST })
  return new MysqlDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('set session innodb_lock_wait_timeout = 5'))
      await connection.executeQuery(
        CompiledQuery.raw('set session transaction isolation level read committed'),
      )
    },
  })
}

function explained(where: DatabaseAddress, error: unknown): unknown {
  if (error instanceof DatabaseError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const name = where.engine === 'sqlite' ? where.path : `${where.engine} at ${where.host}`
  const why = REASONS[code] ?? (where.engine === 'sqlite' ? error.message : undefined)
  return why ? new DatabaseError(`${name}: ${why}`, { cause: error }) : error
}

const UNREACHABLE = 'nobody answers there. Is it started, and may this machine reach it?'
const REFUSED = 'user or password is wrong, or may not come from this machine.'
const NO_DATABASE = 'there is no database of that name. Create it first: CREATE DATABASE name.'
const REASONS: Record<string, string> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: 'this host does not exist.',
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  '28P01': REFUSED,
  '28000': REFUSED,
  ER_ACCESS_DENIED_ERROR: REFUSED,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: REFUSED,
  '3D000': NO_DATABASE,
  ER_BAD_DB_ERROR: NO_DATABASE,
  '42501': 'this user may not create tables.',
  ER_TABLEACCESS_DENIED_ERROR: 'this user may not create tables.',
}
