// Projects made from this very tree by init:app, with apps that people have edited, take an update.
import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { update } from 'starter-tools/update'

const root = join(import.meta.dirname, '..')
// Every second one is without the demo. CLONES=10 is what the workflow has.
const CLONES = Number(process.env['CLONES'] ?? 4)
const folder = mkdtempSync(join(tmpdir(), 'clones-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NOT_COPIED = /(^|[\\/])(node_modules|dist|data|\.git|\.turbo|\.env|test-results)$/
const template = join(folder, 'template')
const read = (project: string, name: string) => readFileSync(join(project, name), 'utf8')
const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim()

function commit(cwd: string): void {
  git(cwd, 'add', '-A')
  git(cwd, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'x')
}

/** Every second one without the demo; each has changed what a project changes. */
function project(index: number): string {
  const cwd = join(folder, `shop-${index}`)
  git(folder, 'clone', '--quiet', template, cwd)
  const flags = index % 2 === 0 ? ['--bare'] : []
  execFileSync(process.execPath, ['packages/starter-tools/src/init/initApp.ts', `shop-${index}`, ...flags], {
    cwd,
  })
  for (const name of ['apps/server/src/app.ts', 'apps/server/src/env.ts', 'apps/web/src/router.ts'])
    appendFileSync(join(cwd, name), `// shop ${index}\n`)
  writeFileSync(join(cwd, 'docs/shop.md'), `# Shop ${index}\n`)
  const workspace = read(cwd, 'pnpm-workspace.yaml')
  writeFileSync(
    join(cwd, 'pnpm-workspace.yaml'),
    workspace.replace(/^catalog:\n/m, `catalog:\n  sharp: ^0.3${index}.0\n`),
  )
  commit(cwd)
  return cwd
}

function release(): void {
  const changed = [
    'packages/wechat-core/src/index.ts',
    'packages/starter-tools/src/root.ts',
    'apps/server/src/app.ts',
  ]
  for (const name of [...changed, 'docs/extending.md', '.editorconfig'])
    appendFileSync(join(template, name), '// newer\n')
  writeFileSync(
    join(template, 'CHANGELOG.md'),
    read(template, 'CHANGELOG.md').replace(/^## /m, '## 9.0.0\n\nNews.\n\n## '),
  )
  rmSync(join(template, 'packages/wechat-web/README.md'))
  const settings = read(template, 'pnpm-workspace.yaml')
  writeFileSync(join(template, 'pnpm-workspace.yaml'), settings.replace(/^( *zod:).*$/m, '$1 ^9.0.0'))
  const manifest = JSON.parse(read(template, 'package.json'))
  manifest.scripts.dev += ' --newer'
  writeFileSync(join(template, 'package.json'), JSON.stringify(manifest))
  commit(template)
}

it(`${CLONES} projects with edited apps take an update without a conflict`, () => {
  cpSync(root, template, { recursive: true, filter: (source) => !NOT_COPIED.test(source.slice(root.length)) })
  git(template, 'init', '--quiet')
  commit(template)
  const projects = Array.from({ length: CLONES }, (_, index) => project(index))
  release()
  for (const [index, cwd] of projects.entries()) {
    expect(update(cwd)).toMatchObject({ changelog: '## 9.0.0\n\nNews.', kept: [], conflicts: [] })
    for (const name of [
      'packages/wechat-core/src/index.ts',
      'packages/starter-tools/src/root.ts',
      '.editorconfig',
    ])
      expect(read(cwd, name)).toBe(read(template, name))
    expect(existsSync(join(cwd, 'packages/wechat-web/README.md'))).toBe(false)
    expect(existsSync(join(cwd, 'template'))).toBe(false)
    expect(read(cwd, 'pnpm-workspace.yaml')).toMatch(
      new RegExp(`sharp: \\^0\\.3${index}\\.0\\n[^]* zod: \\^9\\.0\\.0\\n`),
    )
    expect(read(cwd, 'apps/server/src/app.ts')).toMatch(new RegExp(`(?<!newer\\n)// shop ${index}\\n$`))
    expect(read(cwd, 'docs/extending.md')).not.toContain('// newer')
    expect(JSON.parse(read(cwd, 'package.json'))).toMatchObject({
      name: `shop-${index}`,
      scripts: { dev: expect.stringMatching(/ --newer$/) },
      template: { repository: template, commit: git(template, 'rev-parse', 'HEAD') },
    })
    expect(git(cwd, 'diff', '--name-only', '--diff-filter=U')).toBe('')
  }
}, 300_000)
