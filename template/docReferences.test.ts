// Every anchor, file, command and variable that the guides name is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const FENCED = /^ *```.*?^ *```$/gms

const documents = [
  ...readdirSync(root).filter((name) => /^README.*\.md$/.test(name)),
  ...readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** The anchors of a document, as GitHub makes them: lower case, no punctuation, a hyphen for each space. */
const anchorsOf = (path: string): string[] =>
  [
    ...read(path)
      .replace(FENCED, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

const anchorLinks = documents.flatMap((path) =>
  [
    ...read(path)
      .replace(FENCED, '')
      .matchAll(/\]\(([^)\s]*)#([^)\s]+)\)/g),
  ]
    .filter(([, file = '']) => !/^\w+:/.test(file))
    .map(([, file = '', anchor = '']) => ({
      path,
      to: file === '' ? path : join(dirname(path), file),
      anchor: decodeURIComponent(anchor),
    })),
)

it('the guides lead to each other by anchors', () => expect(anchorLinks.length).toBeGreaterThan(40))

it.each(anchorLinks)('$path leads to $to#$anchor', ({ to, anchor }) =>
  expect(anchorsOf(to)).toContain(anchor),
)

// Not in the decisions: they tell of what was there on their day.
it.each(documents.filter((path) => !path.includes('decisions')))('what %s names is there', (path) => {
  const named = [...read(path).matchAll(/`((?:apps|packages|docs|e2e|scripts|content)\/[\w/.-]+)`/g)]
  const missing = named.map(([, file = '']) => file).filter((file) => !existsSync(join(root, file)))
  // The walk through "an article" has its reader make this file.
  expect(missing.filter((file) => file !== 'content/articles/tea-in-autumn.md')).toEqual([])
})

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const variables = new Set(read('.env.example').match(/\b[A-Z]+(_[A-Z]+)+\b/g))

it.each(documents)('commands and variables of %s are those of the project', (path) => {
  const code = [...read(path).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text).join('\n')
  const commands = [...code.matchAll(/\bpnpm(?:@\d+)? ([a-z][\w:-]*)/g)].map(([, name = '']) => name)
  expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  const named = code.match(/\b(WECHAT|STORE|PUBLIC|SESSION|METRICS|TRUST|LOG)_[A-Z_]+\b/g) ?? []
  expect(named.filter((name) => !variables.has(name))).toEqual([])
})
