// pnpm start: the built app, production settings, one process.
import { existsSync } from 'node:fs'
import { root } from '../root.ts'
import { whenLauncherEnds } from './launcher.ts'

process.chdir(root)
if (existsSync('.env')) process.loadEnvFile('.env')
process.env['NODE_ENV'] = 'production'
whenLauncherEnds(() => process.kill(process.pid, 'SIGTERM'))
await import('@app/server/main')
