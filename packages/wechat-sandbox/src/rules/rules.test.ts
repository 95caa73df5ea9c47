import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { QUIRKS } from '../native/quirks.ts'
import { SWITCHES } from '../platform/switches/switches.ts'
import { problemsOf } from './checkRules.testing.ts'
import { DOCUMENT_TABLES } from './documentTables.ts'
import { RULES, RULES_BY_ROOM } from './rules.ts'

const SOURCE = new URL('../', import.meta.url)
const ROOT = new URL('../../../../', import.meta.url)
const DOCUMENT = readFileSync(new URL('docs/sandbox-rules.md', ROOT), 'utf8')
const sources = readdirSync(SOURCE, { encoding: 'utf8', recursive: true })
// What only a browser shows is tested there.
const journeys = readdirSync(new URL('e2e/', ROOT)).filter((name) => name.endsWith('.spec.ts'))
const tests = [
  ...sources.filter((name) => name.endsWith('.test.ts')).map((name) => new URL(name, SOURCE)),
  ...journeys.map((name) => new URL(`e2e/${name}`, ROOT)),
]

/** The rows of the table under a heading, each with its cells. */
function tableUnder(heading: string): string[][] {
  const section = DOCUMENT.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

// Not so any more? `pnpm --filter wechat-sandbox docs`, then `pnpm format`.
it.each(DOCUMENT_TABLES)('the document is in step with the code: $heading', ({ heading, rows }) => {
  expect(rows.length).toBeGreaterThan(0)
  expect(tableUnder(heading)).toEqual(rows)
})

it('every rule has its test, every test its rule, and nothing is shown surer than it is', () => {
  const shown = tableUnder('What is emulated').map(([text = '', is = '']) => ({
    text: text.replaceAll('\\*', '*'),
    is: is.split(';', 1)[0] ?? '',
  }))
  const texts = tests.map((file) => readFileSync(file, 'utf8'))
  expect(problemsOf(RULES, texts, shown)).toEqual([])
})

it('every room with rules is in the list', () => {
  const rooms = sources.filter((name) => /(^|\/)rules\.ts$/.test(name) && name !== 'rules/rules.ts')
  expect(Object.keys(RULES_BY_ROOM).sort()).toEqual(rooms.map(dirname).sort())
})

it('no rule is told twice', () => {
  expect(new Set(RULES.map(({ text }) => text)).size).toBe(RULES.length)
})

it('what turns a rule is a switch or a quirk, and each that stands for a belief turns one', () => {
  const turning = new Set(RULES.flatMap(({ turnedBy }) => turnedBy ?? []))
  const known = [...Object.keys(SWITCHES), ...Object.keys(QUIRKS)]
  expect([...turning].filter((name) => !known.includes(name))).toEqual([])
  const beliefs = Object.entries(SWITCHES).flatMap(([name, { mark }]) => (mark === 'believed' ? name : []))
  expect([...beliefs, ...Object.keys(QUIRKS)].filter((name) => !turning.has(name))).toEqual([])
})
