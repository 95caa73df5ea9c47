// The rules of the sandbox, the tests that name them, and the document that shows them. Only the template has all three: a
// project's own document and journeys do not follow an update.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULES } from 'wechat-sandbox/rules'
import { problemsOf } from './checkRules.ts'
import { DOCUMENT_TABLES } from './documentTables.ts'

const ROOT = new URL('../../', import.meta.url)
const SOURCE = new URL('packages/wechat-sandbox/src/', ROOT)
const DOCUMENT = readFileSync(new URL('docs/sandbox-rules.md', ROOT), 'utf8')
// What only a browser shows is tested there.
const journeys = readdirSync(new URL('e2e/', ROOT)).filter((name) => name.endsWith('.spec.ts'))
const tests = [
  ...readdirSync(SOURCE, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => new URL(name, SOURCE)),
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

// Not so any more? `pnpm --filter template rules`, then `pnpm format`.
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
