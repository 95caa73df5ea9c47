// What AGENTS.md names has to be there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const document = readFileSync(join(root, 'AGENTS.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const quoted = [...document.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

it('every path is there', () => {
  const paths = quoted.flatMap((text) => text.split(' ')).filter((word) => /^[\w.-]+\/[\w./-]*$/.test(word))
  const made = new Set(['dist/']) // by `pnpm build`; not in a fresh clone
  const files = paths.filter((path) => !/^wechat-web\//.test(path) && !made.has(path))
  expect(files.length).toBeGreaterThan(15)
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

it('every command is there', () => {
  const commands = quoted.filter((text) => text.startsWith('pnpm ')).map((text) => text.split(' ')[1] ?? '')
  expect(commands.length).toBeGreaterThan(8)
  expect(commands.filter((name) => name !== 'exec' && !(name in scripts))).toEqual([])
  const operators = readFileSync(join(root, 'packages/starter-tools/src/wechat.ts'), 'utf8')
  for (const [, name = ''] of document.matchAll(/`pnpm wechat (\w+)`/g))
    expect(operators).toContain(`pnpm wechat ${name} `)
})

it('every package of the workspace is on the map, and it is short', () => {
  const named = document.match(/`packages\/[\w-]+`/g)
  for (const name of readdirSync(join(root, 'packages'))) expect(named).toContain(`\`packages/${name}\``)
  expect(document.split('\n').length).toBeLessThan(80)
})
