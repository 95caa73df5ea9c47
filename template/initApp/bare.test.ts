// A project without the demo.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { extname, join } from 'node:path'
import { countLines, MARK } from 'starter-tools/init'
import { describe, expect, it } from 'vitest'
import {
  brokenImports,
  brokenLinks,
  clone,
  filesOf,
  init,
  lockedOtherwise,
  missingFiles,
  read,
  root,
  wordsOfTemplate,
} from './projects.ts'

// A project of one's own is read as a whole. The less there is, the better: lower this number when it gets less.
const MOST_LINES = 4_000

describe('--bare', () => {
  const project = clone('bare')
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules')) // what formats it
  const { status } = init(project, 'my-shop', '--bare')
  rmSync(join(project, 'node_modules'))
  const sources = filesOf(project).filter((name) => /^(apps|e2e)[\\/]/.test(name))
  const code = sources.filter((name) => ['.ts', '.vue', '.css', '.html', '.json'].includes(extname(name)))

  it('no folder and no marked line of the demo is left', () => {
    expect(status).toBe(0)
    expect(sources.filter((name) => /articles|[\\/]lab[\\/]/.test(name))).toEqual([])
    expect(existsSync(join(project, 'content/articles'))).toBe(false)
    expect(code.filter((name) => read(project, name).match(MARK))).toEqual([])
  })

  it('nothing that is left imports from the demo', () => {
    const imports = code.filter((name) =>
      /(from|import\(|href=|src=) ?["'][^"']*(\/articles\/|\/lab\/)/.test(read(project, name)),
    )
    expect(imports.filter((name) => !name.endsWith('.test.ts'))).toEqual([])
  })

  it('every picture that is left is named by something', () => {
    const pictures = sources
      .filter((name) => /public[\\/].*\.jpg$/.test(name))
      .map((name) => name.split(/[\\/]/).at(-1))
    const text = code.map((name) => read(project, name)).join()
    expect(pictures.filter((name = '') => !text.includes(name))).toEqual([])
  })

  it('one plain page is there: defined on the server, drawn in the app, and on both lists', () => {
    expect(read(project, 'apps/server/src/pageList.ts')).toContain(
      "export { homePage } from './home/page.ts'",
    )
    expect(read(project, 'apps/web/src/router.ts')).toContain("{ path: '/', component: HomePage }")
    for (const name of ['apps/server/src/home/page.ts', 'apps/web/src/home/HomePage.vue', 'e2e/home.spec.ts'])
      expect(sources).toContain(name)
  })

  it('the server of it starts without what only the demo needs', () => {
    const { dependencies, scripts } = JSON.parse(read(project, 'apps/server/package.json'))
    const imported = code
      .filter((name) => name.startsWith('apps/server/src') && !/test/i.test(name))
      .flatMap((name) => [...read(project, name).matchAll(/from '([^./][^'/]*(?:\/[^']*)?)'/g)])
      .map(([, name = '']) => name)
    // What STORE_URL and DATABASE_URL choose, packages load.
    const chosen = ['wechat-core', 'starter-server'].flatMap((name) =>
      Object.keys(JSON.parse(read(project, `packages/${name}/package.json`)).peerDependencies),
    )
    const needed = [...imported, ...chosen]
    expect(
      Object.keys(dependencies).filter(
        (name) => !needed.some((one) => one === name || one.split('/')[0] === name),
      ),
    ).toEqual([])
    expect(scripts.content).toBeUndefined()
    expect(filesOf(project).some((name) => name.startsWith(join('apps', 'shared')))).toBe(false)
    expect(read(project, '.env.example')).not.toContain('MEDIA_URL')
    expect(read(project, 'apps/server/src/env.ts')).not.toMatch(/media/i)
  })

  it('no word of the template is left, and no guide leads to what is gone', () => {
    expect(wordsOfTemplate(project)).toEqual([])
    expect(brokenLinks(project)).toEqual([])
  })

  it('installs where the lockfile may not change', () => expect(lockedOtherwise(project)).toEqual([]))

  it('imports nothing that is not there; a guide that names a file of the demo says so', () => {
    expect(brokenImports(project)).toEqual([])
    const missing = missingFiles(project).map((text) => text.split(': ', 1)[0] ?? '')
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.filter((guide) => !/^> .*--bare/m.test(read(project, guide)))).toEqual([])
    expect(missing.filter((guide) => /security/.test(guide))).toEqual([])
  })

  it('what is left passes the check of its format', () => {
    const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs')
    const { stdout, stderr } = spawnSync(process.execPath, [prettier, '--check', 'docs', 'e2e', 'README*'], {
      cwd: project,
      encoding: 'utf8',
    })
    expect(stdout + stderr).toContain('All matched files use Prettier code style!')
  })

  it('what a project has of its own stays small', () => {
    const lines = countLines(project).reduce((sum, { lines }) => sum + lines, 0)
    expect(lines).toBeLessThan(MOST_LINES)
  })
})
