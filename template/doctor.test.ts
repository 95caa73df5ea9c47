import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryStore, openStore } from 'wechat-core'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { openArticles } from '@app/server/articles/articles'
import { parseEnv } from '@app/server/env'
import { openDatabase } from 'starter-server/database/database'
import { createLog } from 'starter-server/log'
import { createApp } from '@app/server/app'
import { migrations } from '@app/server/migrations'
import { doctor, languageOf, toLines, type Language } from 'starter-tools/doctor'

/** `pnpm wechat`, in a folder without `.env`. */
const run = (args: string[], variables: Record<string, string>) =>
  new Promise<{ code: unknown; text: string }>((done) => {
    const script = join(import.meta.dirname, '../packages/starter-tools/src/wechat.ts')
    const env = { PATH: process.env['PATH'], ...variables }
    execFile(process.execPath, [script, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, text: stdout + stderr }),
    )
  })

let platform: RunningPlatform
let folder: string
let closing: (() => unknown)[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
  closing = [() => platform.close(), () => rmSync(folder, { recursive: true })]
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
})

const SILENT = 'http://127.0.0.1:9'
type Change = Record<string, string>
const environment = (change: Change) =>
  parseEnv({
    PUBLIC_URL: SILENT,
    WECHAT_APP_ID: platform.account.appId,
    WECHAT_APP_SECRET: platform.account.appSecret,
    WECHAT_API_URL: platform.url,
    ...change,
  }).env
const findings = (change: Change = {}, language?: Language) => doctor(environment(change), language)
const examine = async (change: Change = {}, language?: Language) =>
  Object.fromEntries((await findings(change, language)).map((finding) => [finding.id, finding]))

/** This server, running with a configuration of its own. */
async function startSite(change: Change = {}): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const PUBLIC_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = environment({ PUBLIC_URL, LOG_LEVEL: 'silent', NODE_ENV: 'test', ...change })
  env.sessionSecrets = ['a secret for tests that is long enough']
  mkdirSync(join(folder, 'articles'), { recursive: true })
  const articles = await openArticles({ folder: join(folder, 'articles') })
  const store = env.storeUrl === 'memory:' ? memoryStore() : await openStore(env.storeUrl)
  const log = createLog({ ...env, production: true })
  const template = async () => '<html lang="zh-CN"><head><!--page--></head><body><!--shell--></body></html>'
  const db = await openDatabase(`sqlite:${join(folder, 'site.db')}`, migrations)
  const service = createApp({ env, store, db, articles, log, template, webRoot: folder })
  server.on('request', service.listener)
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
    service.wechat.close()
    await store.close()
    await db.destroy()
  })
  return PUBLIC_URL
}

/** A PNG's header, which is all that is looked at. */
function writePicture(name: string, width: number, height: number): void {
  const bytes = Buffer.alloc(40)
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  mkdirSync(join(folder, 'covers'), { recursive: true })
  writeFileSync(join(folder, 'covers', name), bytes)
}
function writeArticle(slug: string, cover: string): void {
  mkdirSync(join(folder, 'articles'), { recursive: true })
  const matter = `title: ${slug}\nsummary: text\npublishedAt: 2026-11-21\ncover: ${cover}`
  writeFileSync(join(folder, 'articles', `${slug}.md`), `---\n${matter}\n---\ntext\n`)
}

describe('a site that is in order', () => {
  it('is found so: account, clock, signature, server URL, ownership file, pictures', async () => {
    writePicture('default.jpg', 1200, 675)
    const all = { STORE_URL: 'memory:', WECHAT_TOKEN: 'token123', WECHAT_VERIFY_FILES: 'MP_verify_a.txt' }
    const PUBLIC_URL = await startSite(all)
    const found = await findings({ ...all, PUBLIC_URL })
    const states = Object.groupBy(found, ({ state }) => state)
    expect(states.good?.map(({ id }) => id)).toEqual([
      ...['app_id', 'access_token', 'jsapi_ticket', 'clock', 'push_token', 'js_domains'],
      ...['site', 'server_url', 'MP_verify_a.txt', 'pictures'],
    ])
    expect(states.bad?.map(({ id }) => id)).toEqual(['public_url']) // a test has no https
  })

  it('names what it cannot see, with the exact values to compare, and no secret', async () => {
    const change = {
      PUBLIC_URL: 'https://h5.example.com',
      WECHAT_JS_DOMAINS: 'h5.example.com,example.org',
      WECHAT_TOKEN: 'token123',
      WECHAT_ENCODING_AES_KEY: 'k'.repeat(43),
      WECHAT_API_URL: SILENT, // nothing of this test leaves the machine
    }
    const found = await examine(change)
    expect(found['js_safe_domain']?.values).toEqual(['h5.example.com', 'example.org'])
    expect(found['oauth_domain']?.values).toEqual(['h5.example.com'])
    expect(found['server_configuration']?.values).toContain('URL: https://h5.example.com/api/wechat')
    expect(found['server_configuration']?.values?.at(-1)).toContain('safe mode')
    expect(found['bare_link']?.values).toEqual(['https://h5.example.com/'])
    for (const id of ['whitelist', 'verified']) expect(found[id]).toMatchObject({ state: 'compare' })
    const text = Object.values(found).map(toLines).join('\n')
    for (const secret of [platform.account.appSecret, 'token123', 'k'.repeat(43)])
      expect(text).not.toContain(secret)
  })
})

describe('what the first failure explains', () => {
  it('the whitelist is told once, by its code, and no ticket is asked for', async () => {
    platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
    const PUBLIC_URL = await startSite({ STORE_URL: 'memory:' })
    const found = await examine({ PUBLIC_URL })
    expect(found['access_token']).toMatchObject({
      state: 'bad',
      detail: expect.stringContaining('198.51.100.23'),
    })
    expect(found['access_token']?.hint).toContain('whitelist')
    expect(found['jsapi_ticket']).toBeUndefined()
    expect(found['site']).toMatchObject({ state: 'bad', hint: expect.stringContaining('above') })
  })

  it('a site that does not answer is told once, and not for its routes and pictures', async () => {
    const found = await examine({ WECHAT_TOKEN: 'token123', WECHAT_VERIFY_FILES: 'MP_verify_a.txt' })
    expect(found['site']).toMatchObject({ state: 'bad', hint: expect.stringContaining('pnpm dev') })
    for (const id of ['server_url', 'MP_verify_a.txt', 'pictures']) expect(found[id]).toBeUndefined()
  })

  it('another site that answers is told once', async () => {
    const change = {
      PUBLIC_URL: platform.url,
      WECHAT_TOKEN: 'token123',
      WECHAT_VERIFY_FILES: 'MP_verify_a.txt',
    }
    const found = await examine(change)
    expect(found['site']).toMatchObject({ state: 'bad', hint: expect.stringContaining('Something else') })
    for (const id of ['server_url', 'MP_verify_a.txt', 'pictures']) expect(found[id]).toBeUndefined()
  })

  it('an API that cannot be reached says nothing about the clock', async () => {
    const found = await examine({ WECHAT_API_URL: SILENT })
    expect(found['access_token']).toMatchObject({ state: 'bad', hint: expect.stringContaining('DNS') })
    expect(found['clock']).toBeUndefined()
  })

  it('what is no AppID is explained where it stands, and not again by WeChat', async () => {
    const found = await examine({ WECHAT_APP_ID: 'wx0123' })
    expect(found['app_id']).toMatchObject({ state: 'bad', hint: expect.stringContaining('16 hexadecimal') })
    expect(found['access_token']).toMatchObject({ state: 'bad', detail: expect.stringContaining('40013') })
    expect(found['access_token']?.hint).toBeUndefined()
  })

  it('domains that do not cover the site are told by their name, and the site needs no second hint', async () => {
    const change = { STORE_URL: 'memory:', WECHAT_JS_DOMAINS: 'example.org' }
    const PUBLIC_URL = await startSite(change)
    const found = await examine({ ...change, PUBLIC_URL })
    expect(found['js_domains']).toMatchObject({ state: 'bad', hint: expect.stringContaining(PUBLIC_URL) })
    expect(found['site']?.state).toBe('bad')
    expect(found['site']?.hint).toBeUndefined()
  })

  it('no account is no mistake, but said, and nothing else', async () => {
    const found = await findings({ WECHAT_APP_ID: '', WECHAT_APP_SECRET: '' })
    expect(found.map(({ id }) => id)).toEqual(['public_url', 'account'])
    expect(found[1]?.hint).toContain('sandbox')
  })
})

describe('where tokens come from', () => {
  const asked = (path: string) => platform.requests.get(path) ?? 0

  it('the token of a running server with the classic endpoint is used, and not ended', async () => {
    const change = { WECHAT_TOKEN_ENDPOINT: 'token', STORE_URL: `sqlite:${join(folder, 'app.db')}` }
    const PUBLIC_URL = await startSite(change)
    await fetch(`${PUBLIC_URL}/api/wechat/signature?url=${encodeURIComponent(`${PUBLIC_URL}/`)}`)
    expect(asked('/cgi-bin/token')).toBe(1)
    const found = await examine({ ...change, PUBLIC_URL })
    expect(found['access_token']).toMatchObject({ state: 'good' })
    expect([asked('/cgi-bin/token'), asked('/cgi-bin/stable_token')]).toEqual([1, 0])
  })

  it('a classic token in the memory of the server is left alone, and that is said', async () => {
    const found = await examine({ WECHAT_TOKEN_ENDPOINT: 'token', STORE_URL: 'memory:' })
    expect(found['access_token']).toMatchObject({
      state: 'compare',
      detail: expect.stringContaining('memory:'),
    })
    expect([asked('/cgi-bin/token'), asked('/cgi-bin/stable_token')]).toEqual([0, 0])
  })

  it('a store that cannot be opened is told as such', async () => {
    const change = { WECHAT_TOKEN_ENDPOINT: 'token', STORE_URL: 'redis://127.0.0.1:9' }
    expect((await examine(change))['store']).toMatchObject({ state: 'bad' })
  })

  it("somebody else's token server is asked, and what it gives is shown to WeChat", async () => {
    let token = platform.tokens.issueStable(false).access_token
    const source = createServer((_req, res) =>
      res.end(JSON.stringify({ access_token: token, expires_in: 7000 })),
    )
    source.listen(0, '127.0.0.1')
    await once(source, 'listening')
    closing.push(() => source.close())
    const WECHAT_TOKEN_ENDPOINT = `http://127.0.0.1:${(source.address() as AddressInfo).port}/`
    expect((await examine({ WECHAT_TOKEN_ENDPOINT }))['access_token']).toMatchObject({ state: 'good' })
    token = 'a-token-of-another-account'
    const found = await examine({ WECHAT_TOKEN_ENDPOINT })
    expect(found['access_token']).toMatchObject({ state: 'bad', detail: expect.stringContaining('40001') })
    expect(asked('/cgi-bin/stable_token')).toBe(0)
  })

  it('a token server that is away says nothing about WeChat: the clock is looked at', async () => {
    const found = await examine({ WECHAT_TOKEN_ENDPOINT: SILENT })
    expect(found['access_token']).toMatchObject({ state: 'bad' })
    expect(found['access_token']?.hint).toContain('token server')
    expect(found['clock']).toMatchObject({ state: 'good' })
  })
})

describe('the running server', () => {
  it('with another Token does not pass', async () => {
    const PUBLIC_URL = await startSite({ STORE_URL: 'memory:', WECHAT_TOKEN: 'token123' })
    expect((await examine({ PUBLIC_URL, WECHAT_TOKEN: 'another1' }))['server_url']).toMatchObject({
      state: 'bad',
      detail: expect.stringContaining('403'),
      hint: expect.stringContaining('WECHAT_TOKEN'),
    })
  })

  it('with another account is told', async () => {
    const PUBLIC_URL = await startSite({ STORE_URL: 'memory:' })
    const found = await examine({ PUBLIC_URL, WECHAT_APP_ID: 'wx0123456789abcdef' })
    expect(found['site']).toMatchObject({ state: 'bad', hint: expect.stringContaining('Restart') })
  })
})

describe('pictures of cards', () => {
  it('that are missing, small, long or no pictures are told by their address; good ones are not', async () => {
    writePicture('default.jpg', 1200, 675)
    writePicture('good.png', 300, 300)
    writePicture('small.png', 120, 120)
    writePicture('long.png', 1200, 400)
    writeFileSync(join(folder, 'covers/text.png'), 'not a picture')
    for (const name of ['good', 'small', 'long', 'text', 'missing']) writeArticle(name, `/covers/${name}.png`)
    // What the card alone shows.
    writeArticle('shared', '/covers/good.png\nshare: { imgUrl: /covers/tiny.png }')
    writePicture('tiny.png', 90, 90)
    const PUBLIC_URL = await startSite({ STORE_URL: 'memory:' })
    const found = await findings({ PUBLIC_URL })
    const told = found.filter(({ id }) => id.startsWith('picture'))
    expect(told.map(({ detail }) => detail.replace(`${PUBLIC_URL}/covers/`, '')).sort()).toEqual([
      'long.png 1200 × 400',
      'missing.png HTTP 404',
      'small.png 120 × 120',
      'text.png is no JPEG, PNG, GIF or WebP',
      'tiny.png 90 × 90',
    ])
    for (const finding of told) expect(finding).toMatchObject({ state: 'bad', hint: expect.any(String) })
  })
})

describe('the language', () => {
  it.each<[Record<string, string>, Language]>([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
    [{}, 'en'],
  ])('of a terminal with %j is %s', (variables, language) => expect(languageOf(variables)).toBe(language))

  it('is the same in all that is said: from the table, from the doctor and from the site', async () => {
    platform.faults.set('/cgi-bin/stable_token', { errcode: 40125 })
    const PUBLIC_URL = await startSite({ STORE_URL: 'memory:' })
    const chinese = await findings({ PUBLIC_URL }, 'zh')
    const hints = chinese.flatMap(({ hint }) => (hint ? [hint] : []))
    expect(hints.join()).toContain('只在重置时显示一次')
    for (const hint of hints) expect(hint).toMatch(/[\u4e00-\u9fff]/)
    const english = await findings({ PUBLIC_URL })
    for (const { hint = '' } of english)
      expect(hint.replace(/\(.*?\)|网页授权.*/g, '')).not.toMatch(/[\u4e00-\u9fff]/)
    expect(chinese.map(({ id }) => id)).toEqual(english.map(({ id }) => id))
  })
})

describe('the command', () => {
  it('explains an original ID in the language of the reader', async () => {
    const variables = { WECHAT_APP_ID: 'gh_4c1d9e7ab203', WECHAT_APP_SECRET: 'x', LANG: 'zh_CN.UTF-8' }
    const chinese = await run(['doctor'], variables)
    expect(chinese).toMatchObject({ code: 1, text: expect.stringContaining('与原始 ID（gh_…）不同') })
    const english = await run(['doctor', '--lang', 'en'], variables)
    expect(english.text).toContain('The original ID gh_… is something else.')
  })

  it('says what it takes for another language or another command', async () => {
    for (const args of [['doctor', '--lang', 'fr'], ['docter'], []])
      expect(await run(args, {})).toMatchObject({ code: 2, text: expect.stringContaining('--lang en|zh') })
  })

  it('ends with 1 when something is wrong, and tells an odd AppID once', async () => {
    const { code, text } = await run(['doctor'], {
      WECHAT_APP_ID: 'wx0123',
      WECHAT_APP_SECRET: 'x',
      WECHAT_API_URL: SILENT,
      PUBLIC_URL: SILENT,
    })
    expect(code).toBe(1)
    expect(text.match(/16 hexadecimal/g)).toHaveLength(1)
  })
})
