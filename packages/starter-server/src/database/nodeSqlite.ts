import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely'

// Another process writes: how long one attempt waits, with the event loop standing still, and all attempts together.
const BUSY_TIMEOUT = 5 // milliseconds
const LONGEST_WAIT = 5_000 // milliseconds
const SQLITE_BUSY = 5

/** Kysely on Node's own SQLite. Several processes may use one file. */
export function nodeSqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new NodeSqliteDriver(path),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

// A migration is one transaction, and a transaction here is the only one that writes: so no process migrates beside another.
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

class NodeSqliteDriver implements Driver {
  private readonly path: string
  private connection: NodeSqliteConnection | undefined

  constructor(path: string) {
    this.path = path
  }
  async init() {
    this.connection = new NodeSqliteConnection(this.path)
    await this.connection.executeQuery(CompiledQuery.raw('pragma journal_mode = wal'))
  }
  async acquireConnection() {
    if (!this.connection) throw new Error('the database is closed')
    return this.connection
  }
  // Immediate: what is read in a transaction is still true when it writes.
  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }
  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }
  async releaseConnection() {}
  async destroy() {
    this.connection?.close()
    this.connection = undefined
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  private readonly sqlite: DatabaseSync

  constructor(path: string) {
    this.sqlite = new DatabaseSync(path)
    this.sqlite.exec(
      `pragma busy_timeout = ${BUSY_TIMEOUT}; pragma foreign_keys = on; pragma synchronous = full`,
    )
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters.map(toSqlite)
    const given = /^\s*(select|with|pragma)\b|\breturning\b/i.test(sql)
    const tried = performance.now()
    for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
      try {
        const statement = this.sqlite.prepare(sql)
        if (given) return { rows: statement.all(...values) as Row[] }
        const { changes, lastInsertRowid } = statement.run(...values)
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
      } catch (error) {
        if (!isBusy(error) || performance.now() - tried > LONGEST_WAIT) throw error
      }
      await sleep(wait * (0.5 + Math.random()))
    }
  }

  // In a transaction: what is read is of one moment, and nobody else has to be waited for.
  async *streamQuery<Row>(
    { sql, parameters }: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<Row>> {
    let rows: Row[] = []
    for (const row of this.sqlite.prepare(sql).iterate(...parameters.map(toSqlite))) {
      rows.push(row as Row)
      if (rows.length < chunkSize) continue
      yield { rows }
      rows = []
    }
    if (rows.length > 0) yield { rows }
  }

  close() {
    this.sqlite.close()
  }
}

const isBusy = (error: unknown) =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY

function toSqlite(value: unknown): string | number | bigint | null | Uint8Array {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a ${typeof value} can not be kept: give a text or a number`)
}
