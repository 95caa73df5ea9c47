import type { Insertable } from 'kysely'
import type { Database, Tables } from './database.ts'
import { isMysql } from './engine.ts'

/** Inserts a row unless one with its key is there. Returns whether it was inserted. */
export async function insertNew<T extends keyof Tables & string>(
  db: Database,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<boolean> {
  const insert = db.insertInto(table).values(row)
  const { numInsertedOrUpdatedRows } = await (
    isMysql(db) ? insert.ignore() : insert.onConflict((conflict) => conflict.doNothing())
  ).executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
