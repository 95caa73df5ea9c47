import { randomBytes } from 'node:crypto'
import type { Database } from 'starter-server/database/database'
import type { Migrations } from 'starter-server/database/migrate'
import type { PictureFiles } from './pictureFiles.ts'
import type { Picture } from './picture.ts'

declare module 'starter-server/database/database' {
  interface Tables {
    pictures: { id: string; person: string; type: string; size: number; used: number; created_at: string }
  }
}

export const pictureMigrations: Migrations = {
  '2026-11-pictures': async ({ createTable }) => {
    await createTable('pictures')
      .addColumn('id', 'varchar(24)', (column) => column.primaryKey())
      .addColumn('person', 'varchar(64)', (column) => column.notNull())
      .addColumn('type', 'varchar(20)', (column) => column.notNull())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('used', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'varchar(24)', (column) => column.notNull())
      .execute()
  },
  '2026-11-pictures-of-person': async ({ db }) => {
    await db.schema.createIndex('pictures_person').on('pictures').column('person').execute()
  },
}

// What was uploaded and never sent along with a form is deleted after a day.
const UNUSED = 86_400_000 // milliseconds
/** How many a person may have uploaded and not used. */
const MOST_UNUSED = 10

/** A person has uploaded too much that they did not use. */
export class TooManyPictures extends Error {
  override readonly name = 'TooManyPictures'
}

/** Pictures that people uploaded: each belongs to one person. */
export interface Pictures {
  /**
   * Keeps a picture. @returns its id
   *
   * @throws {TooManyPictures}
   */
  add(person: string, picture: Picture): Promise<string>
  /** With whose it is; undefined when there is none. */
  find(id: string): Promise<{ person: string; type: string; bytes: Uint8Array } | undefined>
  /** Says that this picture of this person is a part of something that is kept. False: it is not theirs, or gone. */
  use(id: string, person: string): Promise<boolean>
  /** Takes that back: what was to be kept was not. */
  release(id: string, person: string): Promise<void>
  /** Deletes this picture of this person; also good when it is gone already. */
  delete(id: string, person: string): Promise<void>
  /** Deletes all that this person has uploaded. */
  forget(person: string): Promise<void>
  /** Deletes what was uploaded a day ago and not used since. */
  sweep(): Promise<void>
}

export function createPictures(parts: { db: Database; files: PictureFiles; now: () => number }): Pictures {
  const { db, files, now } = parts
  const at = (time: number) => new Date(time).toISOString()

  // The file first: a row without a file is deleted the next time, a file without a row would never be found.
  async function remove(ids: string[]): Promise<void> {
    for (const id of ids) {
      await files.delete(id)
      await db.deleteFrom('pictures').where('id', '=', id).execute()
    }
  }

  async function unusedOf(person: string): Promise<number> {
    const rows = await db
      .selectFrom('pictures')
      .select('id')
      .where('person', '=', person)
      .where('used', '=', 0)
      .execute()
    return rows.length
  }

  async function ownerOf(id: string): Promise<string | undefined> {
    const row = await db.selectFrom('pictures').select('person').where('id', '=', id).executeTakeFirst()
    return row?.person
  }

  return {
    async add(person, { type, bytes }) {
      if ((await unusedOf(person)) >= MOST_UNUSED) throw new TooManyPictures()
      const id = randomBytes(18).toString('base64url')
      await db
        .insertInto('pictures')
        .values({ id, person, type, size: bytes.length, used: 0, created_at: at(now()) })
        .execute()
      // Again, with its row: of many that come at once no more get in than there is room for.
      if ((await unusedOf(person)) > MOST_UNUSED) {
        await remove([id])
        throw new TooManyPictures()
      }
      await files.put(id, bytes, type)
      return id
    },

    async find(id) {
      const row = await db.selectFrom('pictures').selectAll().where('id', '=', id).executeTakeFirst()
      const bytes = row && (await files.get(row.id))
      return row && bytes && { person: row.person, type: row.type, bytes }
    },

    async use(id, person) {
      const { numUpdatedRows } = await db
        .updateTable('pictures')
        .set({ used: 1 })
        .where('id', '=', id)
        .where('person', '=', person)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async release(id, person) {
      await db
        .updateTable('pictures')
        .set({ used: 0 })
        .where('id', '=', id)
        .where('person', '=', person)
        .execute()
    },

    async delete(id, person) {
      const owner = await ownerOf(id)
      if (owner === undefined || owner === person) await remove([id])
    },

    async forget(person) {
      const rows = await db.selectFrom('pictures').select('id').where('person', '=', person).execute()
      await remove(rows.map(({ id }) => id))
    },

    async sweep() {
      const rows = await db
        .selectFrom('pictures')
        .select('id')
        .where('used', '=', 0)
        .where('created_at', '<', at(now() - UNUSED))
        .limit(1000)
        .execute()
      await remove(rows.map(({ id }) => id))
    },
  }
}
