import { chmodSync, closeSync, cpSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the settings say of where things are kept, as they are in the environment. */
export interface Kept {
  STORE_URL?: string | undefined
  DATABASE_URL?: string | undefined
  MEDIA_URL?: string | undefined
}

export interface BackupOptions {
  kept: Kept
  /** The folder for backups: each gets one of its own in there. */
  to: string
  /** Milliseconds since 1970. */
  now: number
}

export interface Backup {
  /** Its folder; undefined: nothing that is kept lies in a file of this machine. */
  folder: string | undefined
  /** What is in it. */
  saved: string[]
  /** What is not, and what saves it. */
  elsewhere: string[]
}

// What the settings are when nobody sets them, and the name in the backup.
const DATABASES = [
  ['STORE_URL', 'sqlite:./data/app.db', 'app.db', 'the engine that STORE_URL names has backups of its own'],
  [
    'DATABASE_URL',
    'sqlite:./data/site.db',
    'site.db',
    'use pg_dump or mysqldump for what DATABASE_URL names',
  ],
] as const
const BUSY_LIMIT = 10_000 // milliseconds

/**
 * Saves the databases of SQLite and the pictures, while the site goes on. Each database is as it was at one moment. The
 * folder has its name only once all of it is written.
 *
 * @throws {Error} a file cannot be read or written
 */
export function backUp({ kept, to, now }: BackupOptions): Backup {
  const folder = resolve(to, new Date(now).toISOString().slice(0, 19).replaceAll(':', '-'))
  const unfinished = `${folder}.unfinished`
  if (existsSync(folder)) throw new Error(`${folder} is there already.`)
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  try {
    const { saved, elsewhere } = saveAll(kept, unfinished)
    if (saved.length === 0) return { folder: undefined, saved, elsewhere }
    renameSync(unfinished, folder)
    return { folder, saved, elsewhere }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function saveAll(kept: Kept, to: string): Pick<Backup, 'saved' | 'elsewhere'> {
  const saved: string[] = []
  const elsewhere: string[] = []
  for (const [variable, usual, name, other] of DATABASES) {
    const path = sqlitePath(kept[variable] || usual)
    if (path === undefined) elsewhere.push(`${variable}: ${other}`)
    else if (existsSync(path)) {
      saveDatabase(path, join(to, name))
      saved.push(name)
    } else if (kept[variable]) throw new Error(`${path}, which ${variable} names, is not there.`)
  }
  const media = kept.MEDIA_URL || 'folder:./data/media'
  if (!media.startsWith('folder:')) elsewhere.push('MEDIA_URL: the pictures lie in a bucket')
  else if (existsSync(media.slice('folder:'.length))) {
    cpSync(media.slice('folder:'.length), join(to, 'media'), { recursive: true })
    saved.push('media')
  }
  return { saved, elsewhere }
}

function sqlitePath(address: string): string | undefined {
  return address.startsWith('sqlite:') ? address.slice('sqlite:'.length) : undefined
}

// SQLite writes a copy as of one moment; writers go on meanwhile. Copied as a file, it would lack what is still in -wal.
function saveDatabase(path: string, copy: string): void {
  closeSync(openSync(copy, 'wx', 0o600))
  const db = new DatabaseSync(path)
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_LIMIT}`)
    db.prepare('VACUUM INTO ?').run(copy)
  } finally {
    db.close()
  }
  chmodSync(copy, 0o600)
}
