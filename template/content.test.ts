// A bad article is found by build and check, and a release that has one says so in words.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyProject } from 'starter-tools/testing'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'content-')))
beforeAll(() => {
  copyProject(root)
  writeFileSync(join(root, 'content/articles/tea.md'), '---\nsummary: S\ntitle: "Tea\n---\n')
}, 60_000)
afterAll(() => rmSync(root, { recursive: true }))

const PROBLEM =
  'content/articles/tea.md:3: title: something is opened and never closed, like a quote or a bracket'
const run = (script: string, env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })

it('the check of the content names file, line and field', () => {
  const { status, stderr } = run('apps/server/src/articles/checkContent.ts')
  expect(stderr).toBe(`${PROBLEM}\n`)
  expect(status).toBe(1)
})

it.each(['build', 'check'])('%s runs it', (name) => {
  const { stdout } = spawnSync(process.execPath, ['--run', name, '--', '--dry=json'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    maxBuffer: 2 ** 26, // it lists every input of every task
  })
  const { tasks } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { tasks: { taskId: string }[] }
  expect(tasks.map(({ taskId }) => taskId)).toContain('@app/server#content')
})

it('the server says it without a stack', () => {
  const { status, stderr } = run('apps/server/src/main.ts', {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://h5.example.com',
    WECHAT_APP_ID: 'wx0123456789abcdef',
    WECHAT_APP_SECRET: '0123456789abcdef',
    SESSION_SECRET: 'a secret for tests that is long enough',
    STORE_URL: 'memory:',
  })
  expect(stderr.trim()).toBe(PROBLEM)
  expect(status).toBe(1)
})
