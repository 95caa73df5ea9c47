// Every regular expression that may see what a stranger sends: the time for it grows with the length of the text, and
// not with its square. Found in the source, so that a new one is on the list as soon as it is written.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { timesLonger, workTime } from 'wechat-core/testing'

const root = join(import.meta.dirname, '..')
const LENGTH = 16_000 // characters: what fits into a request's head
// Eight times the length takes eight times as long; the square of it, sixty-four times.
const MOST = 24
// The square of 16,000 takes some hundred milliseconds. What is below is not looked at twice.
const WORTH_A_LOOK = 5 // milliseconds

const files = [
  'apps/web/vite.config.ts',
  ...['apps/server/src', 'packages/starter-server/src', 'packages/wechat-core/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)testing\//.test(name))
      .map((name) => `${folder}/${name}`),
  ),
]
// Cuts what the operator configured, and never sees a request.
const CONFIGURED = String.raw`\/+$`
const expressions = files.flatMap(expressionsIn).filter(({ source }) => source !== CONFIGURED)

it.each(expressions)('$file $source', async ({ source, flags }) => {
  const slowest = attacksOn(source)
    .map((attack) => ({ attack, ms: timeOf(() => use(source, flags, attack(LENGTH))) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .filter(({ ms }) => ms > WORTH_A_LOOK)
  for (const { attack } of slowest) {
    const [long, short] = [attack(LENGTH), attack(LENGTH / 8)]
    const growth = await timesLonger(
      () => use(source, flags, long),
      () => use(source, flags, short),
      { smallEnough: MOST },
    )
    expect(growth, JSON.stringify(attack(20))).toBeLessThan(MOST)
  }
})

it('finds them, and would find one that is slow', () => {
  expect(expressions.length).toBeGreaterThan(30)
  const slow = '^\\/(?!api(?:\\/|$))(?:[^.]*|.*\\/[^.]*)$'
  const times = attacksOn(slow).map((attack) => timeOf(() => use(slow, '', attack(LENGTH))))
  expect(Math.max(...times)).toBeGreaterThan(WORTH_A_LOOK)
})

it('none is put together from parts, where this test could not see it', () => {
  const dynamic = files.filter((file) => /\bRegExp\(/.test(readFileSync(join(root, file), 'utf8')))
  expect(dynamic).toEqual([])
})

function expressionsIn(file: string): { file: string; source: string; flags: string }[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found: { file: string; source: string; flags: string }[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
  return found
}

/** Texts of any length that such an expression might go over again and again: a start that fits, much, an odd end. */
function attacksOn(source: string): ((length: number) => string)[] {
  const start = /^\^?((?:\\\W|[\w<>/=])*)/.exec(source)?.[1]?.replaceAll('\\', '') ?? ''
  const signs = [...' \t\r\n/.;=,&<>"\'%-_+\\[](){}|:aZ09é']
  const pairs = ['/.', './', '; ', ' =', '<a', 'a ', '\r\n', ']]', '//', '&a', 'a/', start || 'x']
  const ends = ['', '.', '\0', '/', '!']
  return [...signs, ...pairs].flatMap((part) =>
    ends.flatMap((end) =>
      ['', start].map((begin) => (length: number) => begin + part.repeat(length / part.length) + end),
    ),
  )
}

function use(source: string, flags: string, text: string): unknown {
  const expression = new RegExp(source, flags)
  return flags.includes('g') ? text.replace(expression, '') : expression.test(text)
}

function timeOf(work: () => unknown): number {
  const before = workTime()
  work()
  return workTime() - before
}
