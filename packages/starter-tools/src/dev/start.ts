// pnpm start: the release that pnpm build made, with the project's .env and data.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../root.ts'
import { whenLauncherEnds } from './launcher.ts'

const release = join(root, 'dist/server.js')
if (!existsSync(release)) {
  console.error('\nThere is no dist/server.js. Run "pnpm build" first.\n')
  process.exit(1)
}
process.chdir(root)
whenLauncherEnds(() => process.kill(process.pid, 'SIGTERM'))
await import(pathToFileURL(release).href)
