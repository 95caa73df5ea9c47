import type { Members } from '../login/members.ts'
import type { Database } from '../database/database.ts'
import type { Migrations } from '../database/migrate.ts'
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
  /** The same members; whoever is forgotten is forgotten here first. */
  members: Members
}

export function openArticleData(parts: {
  env: { mediaUrl: string }
  db: Database
  members: Members
  now: () => number
}): ArticleData {
  const { env, db, members, now } = parts
  const signups = createSignups({ db, now })
  const visits = createVisits({ db, now })
  const pictures = createPictures({ db, files: openPictureFiles(env.mediaUrl), now })
  return {
    signups,
    visits,
    pictures,
    members: {
      ...members,
      // First here: where this fails the member is still known, and may ask again.
      async forget(key) {
        await signups.forget(key)
        await pictures.forget(key)
        await visits.forget(key)
        await members.forget(key)
      },
    },
  }
}
