import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { storeSuite } from '../testing/index.ts'
import { sqliteStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
let files = 0
const newPath = () => join(folder, `${++files}.db`)
afterAll(() => rmSync(folder, { recursive: true }))

storeSuite('sqlite', { open: async (now) => sqliteStore({ path: newPath(), now }) })

it('survives a restart', async () => {
  const path = newPath()
  const first = await sqliteStore({ path })
  await first.set('a', 'one')
  await first.close()
  const second = await sqliteStore({ path })
  expect(await second.get('a')).toBe('one')
  await second.close()
})

it('keeps folder, file, log and index to its owner', async () => {
  const path = join(newPath(), 'app.db')
  const store = await sqliteStore({ path })
  await store.set('a', 'secret')
  for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  await store.close()
})

it('refuses a damaged file, says so, and leaves it as it is', async () => {
  const path = newPath()
  writeFileSync(path, 'this is not a database, and it is long enough to be read as a header '.repeat(20))
  const before = statSync(path).size
  await expect(sqliteStore({ path })).rejects.toThrow(/cannot be used: .*move it away/)
  expect(statSync(path).size).toBe(before)
})

it('four processes that count in one file lose nothing', async () => {
  const path = newPath()
  const store = await sqliteStore({ path })
  await store.set('count', '0')
  const worker = `
    import { sqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)}
    const store = await sqliteStore({ path: ${JSON.stringify(path)} })
    for (let done = 0; done < 100; ) {
      const value = await store.get('count')
      if (await store.replace('count', value, String(Number(value) + 1))) done++
    }
    await store.close()`
  const run = promisify(execFile)
  const arguments_ = ['--no-warnings', '--input-type=module-typescript', '-e', worker]
  await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, arguments_)))
  expect(await store.get('count')).toBe('400')
  await store.close()
}, 30_000)
