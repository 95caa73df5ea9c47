// pnpm start: the built app, production settings, one process.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { whenLauncherEnds } from './launcher.ts'

process.chdir(join(import.meta.dirname, '..'))
if (existsSync('.env')) process.loadEnvFile('.env')
process.env['NODE_ENV'] = 'production'
whenLauncherEnds(() => process.kill(process.pid, 'SIGTERM'))
await import('../apps/server/src/main.ts')
