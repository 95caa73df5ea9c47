// The built app as `pnpm start` runs it, with a platform and files of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox/testing'
import { startBuiltApp } from 'starter-tools/testing'

export interface RunningSite {
  /** Where the app listens. */
  url: string
  platform: RunningPlatform
  /** Takes away all that people have left: sessions, members, sign-ups, visits. */
  empty(): void
  close(): Promise<void>
}

/**
 * @param publicUrl under which people reach it
 * @param server the first file of its server. Default: that of this project's release
 */
export async function startSite(publicUrl: string, server?: string): Promise<RunningSite> {
  const platform = await startPlatform({ siteOrigin: publicUrl })
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  const [store, database] = [join(folder, 'store.db'), join(folder, 'database.db')]
  const app = await startBuiltApp({
    platform,
    publicUrl,
    storeUrl: `sqlite:${store}`,
    ...(server === undefined ? {} : { server }),
    env: {
      DATABASE_URL: `sqlite:${database}`,
      // The first person of the sandbox owns the site.
      ADMIN_OPENIDS: platform.identities.openidOf(platform.people[0]),
    },
  })
  platform.account.push.url = `${app.url}/api/wechat`
  return {
    url: app.url,
    platform,
    empty() {
      emptyTables(store)
      emptyTables(database)
    },
    async close() {
      await app.kill() // a stop takes its time, and has tests of its own
      await platform.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function emptyTables(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5_000 })
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'migrations%'")
    .all()
  for (const { name } of tables) db.exec(`DELETE FROM "${name}"`)
  db.close()
}
