import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { changelogBetween, update, updateCommand } from 'starter-tools/update'

let folder: string
let template: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'update-'))
  template = join(folder, 'template')
  commitTo(template, {
    'package.json': json({
      name: 'starter',
      scripts: { dev: 'old dev', test: 'test', left: 'gone' },
      devDependencies: { turbo: 'catalog:' },
    }),
    'pnpm-workspace.yaml':
      '# Versions\ncatalog:\n  zod: ^4.0.0\n  vue: ^3.5.0 # the page\nallowBuilds:\n  node: true\n',
    'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\nFirst.\n',
    'packages/core/index.ts': lines('export const a = 1', 20),
    'packages/core/old.ts': 'export {}\n',
    'packages/core/picture.bin': String.fromCharCode(...Array.from({ length: 64 }, (_, byte) => byte)),
    'apps/server/main.ts': 'export const app = 1\n',
    'README.md': 'Starter\n',
    'turbo.json': '{ "concurrency": "2" }\n',
    'eslint.config.js': 'export default []\n',
    'old.config.js': '',
    '.vscode/settings.json': '{}\n',
    'unwanted.json': '{}\n',
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

it('a project with edited apps takes an update without a conflict', () => {
  const index = 3
  const root = project(index)
  release()
  const done = update(root)
  expect(done).toMatchObject({ changelog: '## 0.2.0\n\nSecond.', kept: [] })
  expect(read(root, 'packages/core/index.ts')).toBe(read(template, 'packages/core/index.ts'))
  expect(read(root, 'packages/core/picture.bin')).toBe(read(template, 'packages/core/picture.bin'))
  expect(read(root, 'packages/new/index.ts')).toBe('export {}\n')
  expect(existsSync(join(root, 'packages/core/old.ts'))).toBe(false)
  expect(read(root, 'apps/server/main.ts')).toContain(`project ${index}`)
  expect(read(root, 'README.md')).toBe(`Shop ${index}\n`)
  expect(read(root, 'pnpm-workspace.yaml')).toBe(
    `# Versions\ncatalog:\n  zod: ^4.6.0\n  vue: ^3.5.0 # the page\n  left-pad: ^1.0.${index}\n  yaml: ^2.0.0\nallowBuilds:\n  node: true\n`,
  )
  expect(JSON.parse(read(root, 'package.json'))).toMatchObject({
    name: `shop-${index}`,
    scripts: { dev: 'new dev', test: 'test', mine: 'mine' },
    template: { commit: head(template) },
  })
  expect(git(root, 'diff', '--name-only', '--diff-filter=U')).toBe('')
  commitAll(root)
  expect(update(root)).toBeUndefined()
})

it('files beside apps and packages follow where the project has not touched them', () => {
  const root = project(1)
  writeFileSync(join(root, 'eslint.config.js'), 'export default [7]\n')
  rmSync(join(root, 'unwanted.json'))
  commitAll(root)
  release()
  expect(update(root)?.kept).toEqual(['eslint.config.js'])
  for (const name of ['turbo.json', 'new.config.js', '.vscode/settings.json'])
    expect(read(root, name)).toBe(read(template, name))
  expect(read(root, 'eslint.config.js')).toBe('export default [7]\n')
  expect(['old.config.js', 'unwanted.json'].map((name) => existsSync(join(root, name)))).toEqual([
    false,
    false,
  ])
  expect(read(root, 'README.md')).toBe('Shop 1\n')
  expect(git(root, 'status', '--porcelain', '--untracked-files=all')).not.toMatch(/^(\?\?|.[^ ])/m)
})

it('a script that the template took away goes, where the project has not changed it', () => {
  const root = project(1)
  release()
  update(root)
  const { scripts } = JSON.parse(read(root, 'package.json'))
  expect(scripts).toEqual({ dev: 'new dev', test: 'test', mine: 'mine' })
})

it('a script that the project took away stays away', () => {
  const root = project(1)
  rewrite(root, { scripts: { test: 'test' } })
  commitAll(root)
  release()
  expect(update(root)?.kept).toEqual([])
  expect(JSON.parse(read(root, 'package.json')).scripts).toEqual({ test: 'test' })
})

it('a change of our own in packages is merged, and one in the same place is told', () => {
  const root = project(1)
  const path = join(root, 'packages/core/index.ts')
  appendFileSync(path, 'export const mine = true\n')
  commitAll(root)
  release()
  update(root)
  expect(read(root, 'packages/core/index.ts')).toMatch(/^export const a = 2\n[^]*export const mine = true\n$/)

  const clashing = project(2)
  writeFileSync(
    join(clashing, 'packages/core/index.ts'),
    lines('export const a = 1', 20).replace('a = 1', 'a = 7'),
  )
  commitAll(clashing)
  commitTo(template, { 'packages/core/index.ts': lines('export const a = 3', 20) })
  expect(update(clashing)?.conflicts).toEqual(['packages/core/index.ts'])
  expect(read(clashing, 'packages/core/index.ts')).toMatch(/<<<<<<<[^]*a = 7[^]*=======[^]*a = 3/)
})

it('a setting that both changed stays as the project has it, and is named', () => {
  const root = project(1)
  const workspace = join(root, 'pnpm-workspace.yaml')
  writeFileSync(workspace, read(root, 'pnpm-workspace.yaml').replace('zod: ^4.0.0', 'zod: 4.1.0'))
  commitAll(root)
  release()
  expect(update(root)?.kept).toEqual(['pnpm-workspace.yaml: catalog.zod'])
  expect(readFileSync(workspace, 'utf8')).toContain('zod: 4.1.0')
})

it.each([
  [
    'uncommitted changes',
    (root: string) => appendFileSync(join(root, 'README.md'), 'x'),
    /uncommitted changes/,
  ],
  ['no template', (root: string) => rewrite(root, { template: undefined }), /does not say which template/],
  [
    'a template that is away',
    (root: string) =>
      rewrite(root, { template: { repository: 'https://me:secret@127.0.0.1:9/x.git', commit: 'HEAD' } }),
    /^HEAD of https:\/\/127\.0\.0\.1:9\/x\.git cannot be fetched: (?!.*secret)/,
  ],
])('%s: says what to do', (_name, spoil, message) => {
  const root = project(1)
  spoil(root)
  expect(() => update(root)).toThrow(message)
})

it('no repository of its own: says what to do', () => {
  const root = project(1)
  rmSync(join(root, '.git'), { recursive: true })
  expect(() => update(root)).toThrow(/no git repository of its own.*git init/)
})

it('the command tells what has changed, installs and checks; a conflict comes before both', () => {
  const said = vi.spyOn(console, 'log').mockReturnValue()
  const refused = vi.spyOn(console, 'error').mockReturnValue()
  const runs: string[] = []
  const pnpm = (...args: string[]) => {
    runs.push(args.join(' '))
    return 0
  }
  const root = project(1)
  release()
  expect(updateCommand(root, undefined, pnpm)).toBe(0)
  expect(runs).toEqual(['install --no-frozen-lockfile', 'run check'])
  expect(said.mock.calls.join('\n')).toMatch(/## 0\.2\.0\n\nSecond\.[^]*passes the check/)

  // What the update has brought is not committed yet.
  expect(updateCommand(root, undefined, pnpm)).toBe(1)
  expect(refused.mock.calls.join()).toContain('There are uncommitted changes.')

  const clashing = project(2)
  writeFileSync(
    join(clashing, 'packages/core/index.ts'),
    read(clashing, 'packages/core/index.ts').replace('2', '7'),
  )
  commitAll(clashing)
  commitTo(template, { 'packages/core/index.ts': lines('export const a = 3', 20) })
  expect(updateCommand(clashing, undefined, pnpm)).toBe(1)
  expect(said.mock.lastCall?.[0]).toContain('packages/core/index.ts')
  expect(runs).toHaveLength(2)
  vi.restoreAllMocks()
})

it('the changelog between two versions', () => {
  const older = '# Changelog\n\n## 0.2.0\n\nb\n\n## 0.1.0\n\na\n'
  expect(changelogBetween(older, older)).toBe('')
  expect(changelogBetween(older, older.replace('## 0.2.0', '## 0.3.0\n\nc\n\n## 0.2.0'))).toBe(
    '## 0.3.0\n\nc',
  )
  // A section that has grown under the same name.
  expect(changelogBetween(older, older.replace('b', 'b\nd'))).toBe('## 0.2.0\n\nd')
})

function release(): void {
  commitTo(template, {
    'package.json': json({
      name: 'starter',
      scripts: { dev: 'new dev', test: 'test' },
      devDependencies: { turbo: 'catalog:' },
    }),
    'pnpm-workspace.yaml':
      '# Versions\ncatalog:\n  zod: ^4.6.0\n  vue: ^3.5.0 # the page\n  yaml: ^2.0.0\nallowBuilds:\n  node: true\n',
    'CHANGELOG.md': '# Changelog\n\n## 0.2.0\n\nSecond.\n\n## 0.1.0\n\nFirst.\n',
    'packages/core/index.ts': lines('export const a = 2', 20),
    'packages/core/old.ts': undefined,
    'packages/core/picture.bin': String.fromCharCode(...Array.from({ length: 64 }, (_, byte) => 64 - byte)),
    'packages/new/index.ts': 'export {}\n',
    'apps/server/main.ts': 'export const app = 2\n',
    'README.md': 'Starter, newer\n',
    'turbo.json': '{ "concurrency": "3" }\n',
    'eslint.config.js': 'export default [1]\n',
    'old.config.js': undefined,
    'new.config.js': 'export default {}\n',
    '.vscode/settings.json': '{ "newer": true }\n',
    'unwanted.json': '{ "newer": true }\n',
  })
}

/** A project as `init:app` leaves it, with changes of its own. */
function project(index: number): string {
  const root = join(folder, `shop-${index}`)
  execFileSync('git', ['clone', '--quiet', template, root])
  const manifest = JSON.parse(read(root, 'package.json'))
  rewrite(root, {
    name: `shop-${index}`,
    template: { repository: template, commit: head(root) },
    scripts: { ...manifest.scripts, mine: 'mine' },
  })
  writeFileSync(join(root, 'README.md'), `Shop ${index}\n`)
  appendFileSync(join(root, 'apps/server/main.ts'), `// project ${index}\n`)
  writeFileSync(
    join(root, 'pnpm-workspace.yaml'),
    read(root, 'pnpm-workspace.yaml').replace('allowBuilds', `  left-pad: ^1.0.${index}\nallowBuilds`),
  )
  commitAll(root)
  return root
}

function rewrite(root: string, fields: Record<string, unknown>): void {
  writeFileSync(join(root, 'package.json'), json({ ...JSON.parse(read(root, 'package.json')), ...fields }))
  commitAll(root)
}

function commitTo(root: string, files: Record<string, string | undefined>): void {
  if (!existsSync(root)) execFileSync('git', ['init', '--quiet', '-b', 'main', root])
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) rmSync(join(root, path))
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
  }
  commitAll(root)
}

function commitAll(root: string): void {
  git(root, 'add', '-A')
  git(
    root,
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'x',
  )
}

const git = (root: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
const head = (root: string): string => git(root, 'rev-parse', 'HEAD')
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8')
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const lines = (first: string, count: number): string =>
  [first, ...Array.from({ length: count }, (_, n) => `export const line${n} = ${n}`), ''].join('\n')
