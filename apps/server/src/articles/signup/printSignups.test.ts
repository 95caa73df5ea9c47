import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from 'starter-server/database/database'
import { createSignups, signupMigrations } from './signups.ts'

const folder = mkdtempSync(join(tmpdir(), 'signups-'))
const DATABASE_URL = `sqlite:${join(folder, 'site.db')}`
const SLUG = 'autumn-tea-walk'
beforeAll(async () => {
  const db = await openDatabase(DATABASE_URL, signupMigrations)
  const signups = createSignups({ db, now: () => Date.parse('2026-12-01T00:00:00Z') })
  const answers = { name: '=1+1', phone: '13800138000', agree: true }
  await signups.save({ slug: SLUG, form: { fields: [] } }, { person: 'p', openid: 'o1' }, answers)
  await db.destroy()
})
afterAll(() => rmSync(folder, { recursive: true }))

function print(...args: string[]) {
  return printFrom(DATABASE_URL, ...args)
}

function printFrom(database: string, ...args: string[]) {
  const program = join(import.meta.dirname, 'printSignups.ts')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...args],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], DATABASE_URL: database } },
  )
  return { status, stdout, stderr }
}

it('into a pipe it is CSV, and no formula', () => {
  const { status, stdout } = print(SLUG)
  expect(status).toBe(0)
  expect(stdout.startsWith('\ufeff怎么称呼你,手机,')).toBe(true)
  expect(stdout).toContain("'=1+1,13800138000,,,,✓,o1,2026-12-01T00:00:00.000Z,")
})

it('a list says how many places are taken, and what everybody answered', () => {
  const { stdout } = print(SLUG, '--list')
  expect(stdout).toMatch(/^1 of 20 places\n\n1\. 2026-12-01 00:00 UTC {2}o1\n {3}怎么称呼你: =1\+1\n/)
})

it('what cannot be given is said in words, with what to do', () => {
  expect(print('first-share-card')).toMatchObject({ status: 1, stderr: expect.stringContaining(SLUG) })
  expect(print()).toMatchObject({ status: 1, stderr: expect.stringContaining('pnpm wechat signups <slug>') })
})

it('in a folder without the database nobody is told that nobody has signed up', () => {
  const { status, stdout, stderr } = printFrom('sqlite:./nowhere/site.db', SLUG)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('./nowhere/site.db is not there')
  expect(readdirSync(folder)).not.toContain('nowhere')
})
