// Backup and move, on real files and a real Redis, while somebody writes.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, readSqliteEntries, type Store } from 'wechat-core'
import { startRedisServer } from 'wechat-core/testing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { backUp } from './backup.ts'
import { copyStore } from './copyStore.ts'

let folder = ''
let store: Store
let STORE_URL = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'operate-'))
  STORE_URL = `sqlite:${join(folder, 'data/app.db')}`
  store = await openStore(STORE_URL)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

describe('backup', () => {
  const now = Date.parse('2027-01-02T03:04:05Z')
  const to = () => join(folder, 'backups')
  const nowhere = {
    DATABASE_URL: 'postgres://user:secret@host/site',
    MEDIA_URL: 's3://key:secret@host/bucket',
  }

  it('is of one moment while writers go on, and a store that is restored from it is whole', async () => {
    // Always written in this order: a copy of one moment never has the second of a pair without its first.
    let written = 0
    let isOver = false
    const writing = (async () => {
      for (; !isOver; written++) {
        await store.set(`first:${written}`, 'x'.repeat(2000))
        await store.set(`second:${written}`, 'x')
        await new Promise((done) => setImmediate(done))
      }
    })()
    await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(100)
    const { folder: made = '' } = backUp({ kept: { STORE_URL, ...nowhere }, to: to(), now })
    await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(200)
    isOver = true
    await writing

    cpSync(join(made, 'app.db'), join(folder, 'restored/app.db'), { recursive: true })
    const restored = await openStore(`sqlite:${join(folder, 'restored/app.db')}`)
    onTestFinished(() => restored.close())
    const has = async (key: string) => (await restored.get(key)) !== undefined
    expect(await has('second:99')).toBe(true)
    for (let i = 0; i < written; i++) if (await has(`second:${i}`)) expect(await has(`first:${i}`)).toBe(true)
    const db = new DatabaseSync(join(folder, 'restored/app.db'))
    onTestFinished(() => db.close())
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  })

  it('has the pictures, is for its owner alone, and says what is elsewhere without its password', async () => {
    await store.set('session:a', 'x')
    mkdirSync(join(folder, 'media/2027'), { recursive: true })
    writeFileSync(join(folder, 'media/2027/a.jpg'), 'picture')
    const kept = { STORE_URL, ...nowhere, MEDIA_URL: `folder:${join(folder, 'media')}` }
    const { folder: made = '', saved, elsewhere } = backUp({ kept, to: to(), now })
    expect(made).toBe(join(to(), '2027-01-02T03-04-05'))
    expect(saved).toEqual(['app.db', 'media'])
    expect(readdirSync(made, { recursive: true }).sort()).toEqual(
      ['app.db', 'media', join('media', '2027'), join('media', '2027', 'a.jpg')].sort(),
    )
    expect(statSync(join(made, 'app.db')).mode & 0o777).toBe(0o600)
    expect(elsewhere.join()).toContain('pg_dump')
    expect(elsewhere.join()).not.toContain('secret')
  })

  it('names a file that is not there, and leaves nothing behind', () => {
    const kept = { STORE_URL: `sqlite:${join(folder, 'gone.db')}` }
    expect(() => backUp({ kept, to: to(), now })).toThrow('gone.db, which STORE_URL names, is not there')
    expect(readdirSync(to())).toEqual([])
  })
})

it('copy-store takes logins and members along with the rest of their life, and no token', async () => {
  const redis = await startRedisServer()
  onTestFinished(() => redis.close())
  await store.set('session:a', '{"user":"微信"}', 60_000)
  await store.set('member:b', 'stays')
  await store.set('wechat:wx1:access_token', 'a token', 60_000)
  await store.set('limit:api:127.0.0.1', '3', 60_000)
  await store.set('session:old', 'x', 1)
  await expect.poll(() => store.get('session:old')).toBeUndefined()

  expect(await copyStore({ from: STORE_URL, to: redis.url })).toBe(2)
  const moved = await openStore(redis.url)
  onTestFinished(() => moved.close())
  expect(await moved.get('session:a')).toBe('{"user":"微信"}')
  expect(await moved.get('member:b')).toBe('stays')
  for (const key of ['session:old', 'wechat:wx1:access_token', 'limit:api:127.0.0.1'])
    expect(await moved.get(key)).toBeUndefined()
  // It ends when it would have ended: here, of a minute 50 ms are left.
  const entries = await readSqliteEntries(STORE_URL.slice('sqlite:'.length), Date.now())
  const end = Number(entries.find(({ key }) => key === 'session:a')?.expiresAt)
  expect(await copyStore({ from: STORE_URL, to: redis.url, now: () => end - 50 })).toBe(2)
  await expect.poll(() => moved.get('session:a')).toBeUndefined()
  expect(await moved.get('member:b')).toBe('stays')
})

it.each([
  ['redis://127.0.0.1:1', 'memory:', 'is sqlite:PATH'],
  ['sqlite:/nowhere/app.db', 'redis://127.0.0.1:1', 'is not there'],
  ['sqlite:/nowhere/app.db', 'memory:', 'forgets'],
])('copy-store from %s to %s says why not', (from, to, why) =>
  expect(copyStore({ from, to })).rejects.toThrow(why),
)
