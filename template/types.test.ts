// Types are checked a package at a time, each its own files: so each file belongs to one package that checks it.
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const listed = (...patterns: string[]): string[] => {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns]
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
}

/** Which files a tsconfig.json takes in. */
function filesOf(config: string): string[] {
  const { config: json, error } = ts.readConfigFile(join(root, config), ts.sys.readFile)
  expect(error).toBeUndefined()
  const { fileNames } = ts.parseJsonConfigFileContent(json, ts.sys, join(root, dirname(config)))
  return fileNames.map((name) => relative(root, name).replaceAll('\\', '/'))
}

it('every file of TypeScript is checked once, those of settings too', () => {
  const checked = listed('tsconfig.json', '**/tsconfig.json').flatMap(filesOf)
  // `bare` is copied into projects, where it has its neighbours.
  const all = listed('*.ts', '*.cts', '*.mts').filter(
    (name) => !name.startsWith('packages/starter-tools/bare/'),
  )
  expect(all.length).toBeGreaterThan(500)
  expect(checked.sort()).toEqual(all.sort())
})
