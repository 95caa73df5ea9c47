import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { typeErrors } from './typecheck.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'types-'))
  write('package/tsconfig.json', JSON.stringify({ compilerOptions: SMALL, include: ['src'] }))
})
afterEach(() => rmSync(root, { recursive: true }))

const SMALL = { lib: ['ES2024'], types: [], strict: true, allowImportingTsExtensions: true, noEmit: true }
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const check = () => typeErrors(join(root, 'package'))

it('every file of the package is checked, also one that nothing imports', () => {
  write('package/src/a.ts', 'export const a: number = 1\n')
  write('package/src/deep/b.ts', 'export const b: number = "text"\n')
  write('package/src/c.ts', 'export const = 1\n')
  const errors = check()
  expect(errors).toMatch(/src\/deep\/b\.ts\(1,14\): error TS2322/)
  expect(errors).toMatch(/src\/c\.ts\(1,14\): error TS1\d\d\d/)
  expect(errors).not.toContain('a.ts')
})

it("a neighbour's types count, and its own errors are told where it is checked itself", () => {
  write('neighbour/index.ts', 'export const port: number = 1\nconst wrong: string = 1\n')
  write('package/src/a.ts', "import { port } from '../../neighbour/index.ts'\nexport const a = port + 1\n")
  expect(check()).toBe('')
  write(
    'package/src/a.ts',
    "import { port } from '../../neighbour/index.ts'\nexport const a: string = port\n",
  )
  expect(check()).toMatch(/a\.ts\(2,14\): error TS2322/)
  write('package/src/a.ts', "import { gone } from '../../neighbour/index.ts'\nexport const a = gone\n")
  expect(check()).toMatch(/a\.ts\(1,10\): error TS2305/)
})

it('a file that is not there, a setting that is none and no tsconfig.json are errors', () => {
  write('package/src/a.ts', "import './gone.ts'\nexport const a = document\n")
  expect(check()).toMatch(/TS2882|TS2307/)
  expect(check()).toContain("Cannot find name 'document'")
  write(
    'package/tsconfig.json',
    JSON.stringify({ compilerOptions: { ...SMALL, strickt: true }, include: ['src'] }),
  )
  expect(check()).toContain("Unknown compiler option 'strickt'")
  expect(() => typeErrors(root)).toThrow(/tsconfig\.json/)
})
