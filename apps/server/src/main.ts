import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore, StoreError } from 'wechat-core'
import { openSiteArticles } from './articles/articles.ts' // demo
import { openDatabase } from 'starter-server/database/database'
import { DatabaseError } from 'starter-server/database/databaseAddress'
import { EnvError, parseEnv, StartError } from './env.ts'
import { endOnSignals } from 'starter-server/endOnSignals'
import { createHttpServer } from 'starter-server/httpServer'
import { createLog } from 'starter-server/log'
import { openDoors } from 'starter-server/openDoors'
import { createApp } from './app.ts'
import { migrations } from './migrations.ts'
import { checkSite } from './pages/siteFile.ts'

// This file is in a release, where pnpm build has put all that runs, or in the project, where it is written.
const isRelease = import.meta.filename.endsWith('.js')
const root = join(import.meta.dirname, isRelease ? '..' : '../../..')

try {
  await main()
} catch (error) {
  if (error instanceof StoreError)
    console.error(`\n${error.message}\nThe store is what STORE_URL in .env names.\n`)
  else if (error instanceof DatabaseError)
    console.error(`\n${error.message}\nThe database is what DATABASE_URL in .env names.\n`)
  else if (error instanceof StartError) console.error(`\n${error.message}\n`)
  else console.error(error)
  process.exit(1)
}

async function main(): Promise<void> {
  const { values: flags } = parseArgs({ options: { vite: { type: 'string' } } })
  const { env, warnings } = parseEnv(process.env)
  checkSite()
  if (!env.wechat.appId || !env.wechat.appSecret) {
    throw new EnvError(
      'WECHAT_APP_ID is not set. Start with "pnpm dev", which brings a sandbox, or set it in .env.',
    )
  }
  if (env.sessionSecrets.length === 0) env.sessionSecrets = [keptSecret(join(root, 'data/session-secret'))]
  const log = createLog(env)
  for (const warning of [...warnings, ...openDoors(env)]) log.warn(warning)
  if (!env.wechat.token)
    log.info('WECHAT_TOKEN is not set: /api/wechat answers 404, WeChat cannot verify this server')

  const store = await openStore(env.storeUrl)
  const db = await openDatabase(env.databaseUrl, migrations)
  const articles = await openSiteArticles(join(root, 'content/articles'), env, log) // demo
  const webRoot = flags.vite ? undefined : join(root, isRelease ? 'web' : 'apps/web/dist')
  const template = webRoot ? fromBuild(webRoot) : fromVite(String(flags.vite))
  const ending = new AbortController()
  const { listener, wechat, settled } = createApp({
    env,
    store,
    db,
    articles, // demo
    log,
    content: join(root, 'content'),
    template,
    webRoot,
    ending: ending.signal,
  })
  const { server, stop } = createHttpServer(listener, { grace: env.production ? 500 : 0 })
  server.listen(env.port, env.host, () => log.info(`server listens on port ${portOf(server.address())}`))
  server.on('error', (error) => {
    const inUse = 'code' in error && error.code === 'EADDRINUSE'
    console.error(inUse ? `\nPort ${env.port} is in use. Set PORT to another one in .env.\n` : error)
    process.exit(1)
  })
  // Asked for early, so that the first visitor does not wait; a failure is told, and tried again at need.
  wechat.credentials.jsapiTicket().catch((error: unknown) => log.warn({ err: error }, 'no jsapi_ticket yet'))

  const close = async () => {
    wechat.close()
    await store.close()
    await db.destroy()
  }
  endOnSignals({ log, ending, stop, settled, close })
}

function fromBuild(webRoot: string): () => Promise<string> {
  let html: string
  try {
    html = readFileSync(join(webRoot, 'index.html'), 'utf8')
  } catch {
    throw new EnvError('The web app is not built. Run "pnpm build" first.')
  }
  return async () => html
}

function fromVite(address: string): () => Promise<string> {
  return async () => (await fetch(new URL('/index.html', address))).text()
}

/** Development only: a secret that survives restarts, so that nobody is logged out by saving a file. */
function keptSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    const secret = randomBytes(32).toString('hex')
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, secret, { mode: 0o600 })
    return secret
  }
}

function portOf(address: AddressInfo | string | null): number | string {
  return typeof address === 'object' && address ? address.port : String(address)
}
