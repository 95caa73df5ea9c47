import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keepAssets } from './release.ts'

const folder = mkdtempSync(join(tmpdir(), 'assets-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a release keeps the assets of those before it for a week', () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  for (const name of [before, after]) mkdirSync(name)
  for (const name of ['young.js', 'old.js', 'same.js']) writeFileSync(join(before, name), 'before')
  writeFileSync(join(after, 'same.js'), 'before')
  const now = Date.now()
  utimesSync(join(before, 'old.js'), now / 1000 - 8 * 86_400, now / 1000 - 8 * 86_400)
  keepAssets(before, after, now)
  expect(readdirSync(after).sort()).toEqual(['same.js', 'young.js'])
  const later = join(folder, 'later')
  keepAssets(after, later, now + 6 * 86_400_000)
  expect(readdirSync(later).sort()).toEqual(['same.js', 'young.js'])
})
