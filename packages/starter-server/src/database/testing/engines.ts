import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMariadb, startPostgres } from './databaseServers.ts'

/** An engine to test on. */
export interface Engine {
  name: string
  /** The address of an empty database. */
  newDatabase(): Promise<string>
}

/** SQLite, and the servers that this machine has or may install. `close` ends them. */
export async function openEngines(): Promise<{ engines: Engine[]; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  let files = 0
  const sqlite: Engine = {
    name: 'SQLite',
    newDatabase: async () => `sqlite:${join(folder, `site${++files}.db`)}`,
  }
  const servers = (await Promise.all([startPostgres(), startMariadb()])).filter((one) => one !== undefined)
  return {
    engines: [sqlite, ...servers.map(({ engine, newDatabase }) => ({ name: engine, newDatabase }))],
    async close() {
      await Promise.all(servers.map((server) => server.close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
