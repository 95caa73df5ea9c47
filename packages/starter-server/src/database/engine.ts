import { MysqlAdapter, PostgresAdapter, type Kysely } from 'kysely'

type Opened = Pick<Kysely<unknown>, 'getExecutor'>

export const isPostgres = (db: Opened): boolean => db.getExecutor().adapter instanceof PostgresAdapter

/** Of MariaDB as well. */
export const isMysql = (db: Opened): boolean => db.getExecutor().adapter instanceof MysqlAdapter
