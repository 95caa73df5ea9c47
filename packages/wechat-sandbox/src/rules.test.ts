import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { QUIRKS } from './bridge/quirks.ts'
import { SWITCHES } from './platform/switches/switches.ts'
import { RULES } from './rules.ts'
import { DOCUMENT_TABLES } from './rules/documentTables.ts'

const DOCUMENT = readFileSync(new URL('../../../docs/sandbox-rules.md', import.meta.url), 'utf8')

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

it('no rule is told twice', () => {
  expect(new Set(RULES.map(({ text }) => text)).size).toBe(RULES.length)
})

it.each([...new Set(RULES.map(({ where }) => where))])('%s is there', (where) => {
  expect(existsSync(new URL(where, import.meta.url))).toBe(true)
})

it('what turns a rule is a switch or a quirk, and each that stands for a belief turns one', () => {
  const turning = new Set(RULES.flatMap(({ turnedBy }) => turnedBy ?? []))
  const known = [...Object.keys(SWITCHES), ...Object.keys(QUIRKS)]
  expect([...turning].filter((name) => !known.includes(name))).toEqual([])
  const beliefs = Object.entries(SWITCHES).flatMap(([name, { mark }]) => (mark === 'believed' ? name : []))
  expect(beliefs.filter((name) => !turning.has(name))).toEqual([])
})
