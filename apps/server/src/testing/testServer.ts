// A whole server for tests: a real platform upstream, a real SQLite file, a real port.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { openStore, type Store } from 'wechat-core'
import { expect } from 'vitest'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { openSiteArticles } from '../articles/articles.ts' // demo

import { openDatabase } from 'starter-server/database/database'
import { parseEnv } from '../env.ts'
import { createHttpServer } from 'starter-server/httpServer'
import { createLog } from 'starter-server/log'
import { createApp } from '../app.ts'
import { migrations } from '../migrations.ts'

const SITE = 'https://h5.example.com'

export interface TestServer {
  url: string
  platform: RunningPlatform
  store: Store
  /** Everything that was logged. */
  log: () => string
  /** Everything that its file of SQLite holds. */
  stored: () => string
  /** The keys in it that begin so. */
  keys: (start: string) => string[]
  /** Moves the clock of server and platform. */
  forward: (seconds: number) => void
  /** Resolves when nothing is under way that no answer waits for. */
  settled: () => Promise<void>
  /** A client that keeps cookies, as a browser does, and follows no redirect. */
  browser: () => Browser
  close: () => Promise<void>
}

export type Browser = (path: string, init?: RequestInit) => Promise<Response>

export interface TestServerOptions {
  env?: Record<string, string>
  /** How the account encrypts what it sends. Default: not at all. */
  mode?: 'plain' | 'compatible' | 'safe'
  /** A store that is shared with another server. */
  storeUrl?: string
  webRoot?: string
  articles?: string // demo
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { mode = 'plain' } = options
  let shift = 0
  const now = () => Date.now() + shift
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  const platform = await startPlatform({ siteOrigin: SITE, now })
  const { env } = parseEnv({
    NODE_ENV: 'production',
    PUBLIC_URL: SITE,
    WECHAT_APP_ID: platform.account.appId,
    WECHAT_APP_SECRET: platform.account.appSecret,
    WECHAT_API_URL: platform.url,
    WECHAT_TOKEN: platform.account.push.token,
    ...(mode === 'plain' ? {} : { WECHAT_ENCODING_AES_KEY: platform.account.push.encodingAesKey }),
    ...(mode === 'compatible' ? { WECHAT_PUSH_MODE: mode } : {}),
    SESSION_SECRET: 'a secret for tests that is long enough',
    // The first person of the sandbox owns the site.
    ADMIN_OPENIDS: platform.identities.openidOf(platform.people[0]),
    DATABASE_URL: `sqlite:${join(folder, 'site.db')}`,
    MEDIA_URL: `folder:${join(folder, 'media')}`, // demo
    STORE_URL: options.storeUrl ?? `sqlite:${join(folder, 'app.db')}`,
    LOG_LEVEL: 'trace',
    ...options.env,
  })
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const log = createLog(env, sink)
  const store = await openStore(env.storeUrl, { now })
  const written = options.articles ?? join(import.meta.dirname, '../../../../content/articles') // demo
  const articles = await openSiteArticles(written, env, log) // demo
  const db = await openDatabase(env.databaseUrl, migrations)
  const template = async () =>
    '<!doctype html><html lang="zh-CN"><head><!--page--></head><body><div id="app"><!--shell--></div></body></html>'
  const { webRoot } = options
  const service = createApp({
    env,
    store,
    db,
    articles, // demo
    log,
    template,
    webRoot,
    now,
    timeoutMs: 1500,
  })
  const { server } = createHttpServer(service.listener, { grace: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  Object.assign(platform.account.push, { url: `${url}/api/wechat`, mode })

  const rows = () => {
    const db = new DatabaseSync(join(folder, 'app.db'), { readOnly: true })
    const all = db.prepare('SELECT key, value FROM entries').all()
    db.close()
    return all
  }

  return {
    url,
    platform,
    store,
    log: () => lines.join(''),
    stored: () => JSON.stringify(rows()),
    keys: (start) => rows().flatMap(({ key }) => (String(key).startsWith(start) ? [String(key)] : [])),
    forward: (seconds) => (shift += seconds * 1000),
    settled: () => service.settled(),
    browser: () => browserOf(url),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      service.wechat.close()
      await store.close()
      await db.destroy()
      await platform.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function browserOf(url: string): Browser {
  const jar = new Map<string, string>()
  return async (path, init = {}) => {
    const response = await fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: {
        'x-forwarded-proto': 'https', // what a proxy that ends TLS adds
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
}

/** Whether an answer is the problem it should be, with all its members. */
export async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const body = await response.json()
  expect(body).toMatchObject({
    status,
    code,
    title: expect.any(String),
    detail: expect.any(String),
    type: expect.any(String),
  })
  expect(response.status).toBe(status)
}
