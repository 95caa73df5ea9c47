import type { Database } from 'starter-server/database/database'
import type { Migrations } from 'starter-server/database/migrate'
import { openPictureFiles } from './pictures/pictureFiles.ts'
import { createPictures, pictureMigrations, type Pictures } from './pictures/pictures.ts'
import { createVisits, visitMigrations, type Visits } from './shares/visits.ts'
import { createSignups, signupMigrations, type Signups } from './signup/signups.ts'

/** The tables that articles need. */
export const articleMigrations: Migrations = { ...signupMigrations, ...visitMigrations, ...pictureMigrations }

/** What people leave with articles. */
export interface ArticleData {
  signups: Signups
  visits: Visits
  pictures: Pictures
  /** Deletes what a person has left; the figures stay. */
  forget(person: string): Promise<void>
}

export function openArticleData(parts: {
  env: { mediaUrl: string }
  db: Database
  now: () => number
}): ArticleData {
  const { env, db, now } = parts
  const signups = createSignups({ db, now })
  const visits = createVisits({ db, now })
  const pictures = createPictures({ db, files: openPictureFiles(env.mediaUrl), now })
  return {
    signups,
    visits,
    pictures,
    async forget(person) {
      await signups.forget(person)
      await pictures.forget(person)
      await visits.forget(person)
    },
  }
}
