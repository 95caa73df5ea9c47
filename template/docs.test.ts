import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const filesOf = (folder: string) => readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const FENCED = /^ *```.*?^ *```$/gms
const COMMENT = /(^|\s+)(\/\/|#) .*$/gm

/** What a translation leaves as it is. */
function shapeOf(path: string) {
  const text = read(path)
  const lines = text.replace(FENCED, '').split('\n')
  return {
    headings: lines.flatMap((line) => /^#+(?= )/.exec(line)?.[0] ?? []),
    cells: lines.filter((line) => line.startsWith('|')).map((line) => line.split(/(?<!\\)\|/).length),
    tests: text.match(/`[\w/.-]+\.test\.ts`: .*?(?= +\|)/g) ?? [],
    code: (text.match(FENCED) ?? []).map((block) => block.replace(COMMENT, '').replace(/<[^<>\n]+>/g, '<>')),
  }
}

const translated = filesOf('docs/zh-CN').filter((name) => name.endsWith('.md'))

it.each(translated)(
  'docs/zh-CN/%s says no more and no less than the English guide, and each leads to the other',
  (name) => {
    const [chinese, english] = [`docs/zh-CN/${name}`, `docs/${name}`]
    expect(shapeOf(chinese)).toEqual(shapeOf(english))
    expect(read(chinese)).toContain(`[English](../${name})`)
    expect(read(english)).toContain(`[简体中文](zh-CN/${name})`)
  },
)

it('the README says in Chinese what it says in English', () => {
  expect(shapeOf('README.zh-CN.md')).toEqual(shapeOf('README.md'))
  expect(read('README.md').split('\n').length).toBeLessThan(95)
})

const documents = [
  ...readdirSync(root).filter((name) => /^README.*\.md$/.test(name)),
  ...filesOf('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

it.each(documents)('every link in %s leads to a file', (path) => {
  const prose = read(path)
    .replace(FENCED, '')
    .replace(/`[^`]*`/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s#]+)/g)].map(([, link = '']) => link)
  const relative = links.filter((link) => !/^(\w+:|\/)/.test(link))
  expect(relative.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([])
})
