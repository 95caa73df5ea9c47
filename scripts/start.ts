// pnpm start: the built app, production settings, one process.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

process.chdir(join(import.meta.dirname, '..'))
if (existsSync('.env')) process.loadEnvFile('.env')
process.env['NODE_ENV'] = 'production'
await import('../apps/server/src/main.ts')
