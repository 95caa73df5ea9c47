// The job of the workflow that tests the stores on real servers reaches them, and skips none.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const job = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8').split(/^ {2}stores:$/m)[1] ?? ''

it.each([
  ['MONGODB_URL', 27_017],
  ['REDIS_URL', 6379],
])('%s names the port at which the service is', (name, port) => {
  const url = new RegExp(`${name}: (\\S+)`).exec(job)?.[1] ?? ''
  const published = new RegExp(`'(\\d+):${port}'`).exec(job)?.[1]
  expect(new URL(url).port).toBe(published)
  expect(new URL(url).hostname).toBe('127.0.0.1')
})

it('the suite of the store runs on MongoDB where its address is named: without a server all of it fails', async () => {
  expect(job).toContain('pnpm@12 --filter wechat-core test')
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
  const file = join(folder, 'report.json')
  await new Promise<void>((done) => {
    execFile(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...[
          'run',
          '--reporter=json',
          `--outputFile=${file}`,
          'src/stores/mongodb.test.ts',
          '-t',
          'mongodb: the store contract',
        ],
      ],
      {
        cwd: join(root, 'packages/wechat-core'),
        env: { ...process.env, MONGODB_URL: 'mongodb://127.0.0.1:9/x?serverSelectionTimeoutMS=20' },
      },
      () => done(),
    )
  })
  const report = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  const failed = Number(/"numFailedTests":(\d+)/.exec(report)?.[1])
  expect(failed).toBeGreaterThan(12)
  expect(report).toContain('"numPassedTests":0,')
}, 60_000)
