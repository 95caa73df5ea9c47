import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (threat|-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

it('docs/security.md has a test for every threat', () => expect(rows.length).toBeGreaterThan(25))

it.each(rows)('%s%s', (_start, _threat, _defence, proof = '') => {
  const [, file = '', name = ''] = /^`(.+?)`: (.+)$/.exec(proof) ?? []
  // A title stands in quotes on one line.
  const titles = readFileSync(join(root, file), 'utf8').match(/(['"`]).*\1/g) ?? []
  expect(
    titles.some((title) => title.includes(name)),
    `"${name}" in ${file}`,
  ).toBe(name !== '')
})
