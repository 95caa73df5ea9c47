// What server.js does for whatever is behind it: here small programs in place of the site.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'server-'))
const [server, main] = [join(folder, 'server.js'), join(folder, 'server/main.js')]
beforeAll(() => {
  mkdirSync(join(folder, 'server'))
  cpSync(join(import.meta.dirname, 'server.js'), server)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(file: string, program: string): string {
  writeFileSync(main, program)
  const options = { cwd: folder, encoding: 'utf8', timeout: 30_000, env: {} } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], options)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

// Nobody visits before the first full collection, which comes once all is read.
const afterTheFirst = (garbage: string) => `
  import { constants, PerformanceObserver } from 'node:perf_hooks'
  const isFull = ({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR
  const waiting = setInterval(() => observer, 1_000)
  const { promise, resolve } = Promise.withResolvers()
  const observer = new PerformanceObserver((list) => list.getEntries().some(isFull) && resolve())
  observer.observe({ entryTypes: ['gc'] })
  void promise.then(() => {
    clearInterval(waiting)
    ${garbage}
  })`
// As requests do it: some of what is made lives a little longer than the next collection.
const GARBAGE = `
  const kept = Array.from({ length: 2_000 })
  let largest = 0
  for (let n = 0; n < 60_000; n++) {
    kept[n % kept.length] = Array.from({ length: 40 }, (_, k) => ({ k, text: 'a' + k }))
    if (n % 1_000 === 0) largest = Math.max(largest, process.memoryUsage().heapTotal)
  }
  process.stdout.write(String(largest))`

it('collects once after the start, and the heap stays small where V8 alone lets garbage grow', () => {
  const [small, alone] = [Number(run(server, afterTheFirst(GARBAGE))), Number(run(main, GARBAGE))]
  expect(small).toBeGreaterThan(0)
  expect(small).toBeLessThan(alone * 0.7)
})

it('a trace names the place in the source where a map tells it, and else its own', () => {
  const bundled = 'export function fail() { throw new TypeError("no luck") }\n'
  // One segment: the first column of the first line comes from line 7, column 3 of the source.
  const map = { version: 3, sources: ['../src/luck.ts'], names: [], mappings: 'AAME' }
  writeFileSync(join(folder, 'server/bundled.js'), bundled)
  writeFileSync(join(folder, 'server/bundled.js.map'), JSON.stringify(map))
  const trace = run(
    server,
    `import { fail } from './bundled.js'
    try { fail() } catch (error) { process.stdout.write(error.stack) }`,
  )
  expect(trace).toMatch(/^TypeError: no luck\n {4}at fail \(file:.*\/src\/luck\.ts:7:3\)\n/)
  expect(trace).toMatch(/\/server\/main\.js:2:11/)
})
