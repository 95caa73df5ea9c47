// Forms and beacons that nobody who means well would send.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mutated, seededRandom } from 'wechat-core/testing'
import { logIn } from '../testing/loginSteps.ts'
import { startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'
import { FULL_SIZE } from './testing/fullSize.ts'

const ORIGIN = 'https://h5.example.com'
const TIMES = FULL_SIZE ? 5000 : 250 // each
const FILE = `---
title: 品茶会
summary: x
publishedAt: 2026-11-01
signup:
  fields:
    - { name: name, label: 姓名, type: text, required: true, max: 40 }
    - { name: guests, label: 人数, type: number, min: 1, max: 4 }
    - { name: meal, label: 用餐, type: choice, options: [荤, 素] }
    - { name: agree, label: 同意, type: consent, required: true }
---
`
const good = { name: '张三', guests: 2, meal: '荤', agree: true }
const ODD = [
  null,
  -1,
  1e308,
  [],
  {},
  [[]],
  'x'.repeat(70_000),
  '\0',
  '\u202e',
  '=1+1',
  '__proto__',
  { $ne: 1 },
]
const NAMES = ['name', 'guests', 'meal', 'agree', 'extra', 'constructor', 'toString']

let server: TestServer
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'articles-'))
beforeAll(async () => {
  writeFileSync(join(folder, 'tea.md'), FILE)
  server = await startTestServer({ articles: folder, env: { LOG_LEVEL: 'silent' } })
  browser = (await logIn(server)).browser
  await browser('/articles/tea')
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const send = async (method: string, path: string, body: string, n: number) => {
  // 3,000 writes a minute come from one address; these are some more.
  if (n % 1000 === 0) server.forward(61)
  const headers = { 'content-type': 'application/json', origin: ORIGIN }
  return (await browser(path, { method, headers, body })).status
}

it('forms: no 5xx, and nothing is stored that the form does not know', async () => {
  const random = seededRandom(5)
  const statuses = new Set<number>()
  for (let n = 0; n < TIMES; n++) {
    const fields: Record<string, unknown> = { ...good }
    for (let changes = 1 + random.below(3); changes > 0; changes--)
      fields[random.pick(NAMES)] = random.pick(ODD)
    const text = JSON.stringify({ fields: random.below(10) === 0 ? random.pick(ODD) : fields })
    const body = random.below(2) === 0 ? text : mutated(JSON.stringify({ fields: good }), random)
    statuses.add(await send('PUT', '/api/articles/tea/signup', body, n))
    if (n % 25 > 0) continue
    const { mine } = await (await browser('/api/articles/tea/signup')).json()
    for (const [name, value] of Object.entries<unknown>(mine?.fields ?? {})) {
      expect(Object.keys(good)).toContain(name)
      expect(['string', 'number', 'boolean']).toContain(typeof value)
    }
  }
  expect([...statuses].filter((status) => ![200, 201, 400, 413].includes(status))).toEqual([])
}, 600_000)

it('beacons: no 5xx, and no figure that an honest one would not make', async () => {
  const random = seededRandom(6)
  const html = await (await browser('/articles/tea')).text()
  const s = /"shareId":"([\w-]+)"/.exec(html)?.[1] ?? ''
  const beacon = JSON.stringify({ path: '/articles/tea', s, from: 'timeline' })
  const statuses = new Set<number>()
  for (let n = 0; n < TIMES; n++) statuses.add(await send('POST', '/api/visits', mutated(beacon, random), n))
  expect([...statuses].filter((status) => ![204, 400, 413].includes(status))).toEqual([])
  const figures = await (await browser('/api/admin/articles/tea/shares')).json()
  // One browser, and its own card: it is one reader, at most, and nobody came by it.
  expect(figures.readers).toBeLessThanOrEqual(1)
  expect(figures).toMatchObject({ shares: 0, depth: 0 })
}, 600_000)
