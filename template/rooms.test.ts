// The server is read room by room: few of them, and no import that runs back up.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, it } from 'vitest'

const SERVER = join(import.meta.dirname, '../apps/server/src')
const MOST_ROOMS = 12
const MOST_IMPORTS = 40

const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
const roomOf = (name: string) => name.split('/')[0] ?? name
const rooms = new Set(files.map(roomOf))
const imports = new Set(files.flatMap(importsOf))

/** The rooms that a file takes from, as `from -> to`. */
function importsOf(name: string): string[] {
  const code = readFileSync(join(SERVER, name), 'utf8')
  return [...code.matchAll(/from '(\.[^']*)'/g)]
    .map(([, path = '']) => roomOf(posix.join(dirname(name), path)))
    .filter((to) => rooms.has(to) && to !== roomOf(name))
    .map((to) => `${roomOf(name)} -> ${to}`)
}

it('has few rooms, and few imports between them', () => {
  expect(rooms.size).toBeLessThanOrEqual(MOST_ROOMS)
  expect(rooms.size).toBeGreaterThan(5)
  expect(imports.size).toBeLessThanOrEqual(MOST_IMPORTS)
  expect(imports.size).toBeGreaterThan(10)
})

it('no import runs back up', () => {
  // Rooms that nothing else takes from go, floor by floor; what is left at the end runs in a circle.
  let left = [...imports]
  for (let before = Infinity; left.length < before;) {
    before = left.length
    const taken = new Set(left.map((one) => one.split(' -> ')[1]))
    left = left.filter((one) => taken.has(one.split(' -> ')[0]))
  }
  expect(left).toEqual([])
})
