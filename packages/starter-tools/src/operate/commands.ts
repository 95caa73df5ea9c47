// What an operator does with a running site: node dist/server.js <command>, and pnpm wechat <command> in the project.
import { StoreError } from 'wechat-core'
import { backUp } from './backup.ts'
import { copyStore } from './copyStore.ts'

export const OPERATING = `backup [folder]              saves the databases of SQLite and the pictures, while the site goes on (default: ./backups)
copy-store sqlite:PATH URL   copies logins and members into another store, for STORE_URL
copy-database sqlite:PATH URL
                             copies sign-ups and all else in site.db into another database, for DATABASE_URL
health                       asks the server on PORT whether it lives`

const HEALTH_LIMIT = 4_000 // milliseconds

/** Runs a command. Returns the exit code; undefined: there is no such command. */
export async function operate([command, ...rest]: string[]): Promise<number | undefined> {
  try {
    if (command === 'backup' && rest.length <= 1) return backUpNow(rest[0] ?? 'backups')
    if (command === 'copy-store' && rest.length === 2) return await copyNow(rest[0] ?? '', rest[1] ?? '')
    if (command === 'copy-database' && rest.length === 2)
      return await copyDatabaseNow(rest[0] ?? '', rest[1] ?? '')
    if (command === 'health' && rest.length === 0) return await isHealthy()
    return undefined
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : 'It failed.'}\n`)
    return 1
  }
}

function backUpNow(to: string): number {
  const { folder, saved, elsewhere } = backUp({ kept: process.env, to, now: Date.now() })
  for (const line of elsewhere) console.log(`not in it: ${line}`)
  if (folder) console.log(`${folder}: ${saved.join(', ')}`)
  else console.error('Nothing was saved: there is no database of SQLite and no folder of pictures here.')
  return folder ? 0 : 1
}

async function copyNow(from: string, to: string): Promise<number> {
  try {
    console.log(
      `${await copyStore({ from, to })} entries copied. Set STORE_URL to the new store, and start the server.`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    console.error(`\n${error.message}\n`)
    return 1
  }
}

async function copyDatabaseNow(from: string, to: string): Promise<number> {
  // Loaded here: no other command needs the tables of the project.
  const [{ copyDatabase }, { migrations }] = await Promise.all([
    import('starter-server/database/copyDatabase'),
    import('@app/server/migrations'),
  ])
  const counts = await copyDatabase({ from, to, migrations })
  for (const [table, rows] of counts) console.log(`${table}: ${rows} rows`)
  console.log('All of them are copied. Set DATABASE_URL to the new database, and start the server.')
  return 0
}

async function isHealthy(): Promise<number> {
  const port = process.env['PORT'] || '3000'
  const signal = AbortSignal.timeout(HEALTH_LIMIT)
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal }).catch(() => undefined)
  if (!response?.ok) console.error(`Nothing healthy answers on port ${port}.`)
  return response?.ok ? 0 : 1
}
