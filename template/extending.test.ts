// docs/extending.md shows code of the repository: it has to be the code that is there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const flat = (code: string) => code.replace(/\s+/g, ' ').trim()

const document = read('docs/extending.md')
const samples = [...document.matchAll(/^```(?:ts|vue)\n(.*?)^```/gms)].map(([, code = '']) => flat(code))
const paths = [
  'apps/web/src/me/MembersPage.vue',
  'apps/web/src/router.ts',
  'apps/web/src/lab/LabPage.vue',
  'packages/wechat-core/src/api/network.ts',
  'packages/wechat-core/src/api/api.test.ts',
]
const sources = paths.map((path) => flat(read(path)))

it.each(samples)('%s', (sample) => expect(sources.some((source) => source.includes(sample))).toBe(true))

it('shows some, and names only files that are there', () => {
  expect(samples.length).toBeGreaterThanOrEqual(5)
  const named = [...document.matchAll(/`((?:apps|packages|docs)\/[\w/.-]+\.\w+)`/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThanOrEqual(5)
  for (const path of named) expect(read(path).length).toBeGreaterThan(0)
})
