import { MysqlAdapter, type Insertable } from 'kysely'
import type { Database, Tables } from './database.ts'

/** Inserts a row unless one with its key is there. Returns whether it was inserted. */
export async function insertNew<T extends keyof Tables & string>(
  db: Database,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<boolean> {
  const insert = db.insertInto(table).values(row)
  const isMysql = db.getExecutor().adapter instanceof MysqlAdapter
  const { numInsertedOrUpdatedRows } = await (
    isMysql ? insert.ignore() : insert.onConflict((conflict) => conflict.doNothing())
  ).executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
