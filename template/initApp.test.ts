import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countLines, MARK } from 'starter-tools/init'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'app-'))
afterAll(() => rmSync(folder, { recursive: true }))

// A project of one's own is read as a whole. The less there is, the better: lower this number when it gets less.
const MOST_LINES = 4_000
const NOT_COPIED = /(^|[\\/])(node_modules|dist|data|\.git|\.turbo|\.env|test-results)$/

function clone(name: string): string {
  const to = join(folder, name)
  cpSync(root, to, { recursive: true, filter: (source) => !NOT_COPIED.test(source.slice(root.length)) })
  return to
}
const init = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(cwd, 'packages/starter-tools/src/init/initApp.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  })
const filesOf = (cwd: string) =>
  readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(cwd, name)).isFile())
const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8')

it('a clone becomes the project, and no name of the template is left', () => {
  const project = clone('demo')
  execFileSync('git', ['init', '--quiet'], { cwd: project })
  execFileSync('git', ['remote', 'add', 'origin', 'https://me:secret@git.example.com/starter.git'], {
    cwd: project,
  })
  expect(init(project, 'My Shop').status).toBe(2)
  expect(init(project, 'my-shop', '我的小店').status).toBe(0)
  expect(JSON.parse(read(project, 'package.json'))).toMatchObject({
    name: 'my-shop',
    // Where updates come from, and no password.
    template: { repository: 'https://git.example.com/starter.git', commit: 'v0.1.0' },
  })
  expect(JSON.parse(read(project, 'content/site.json')).name).toBe('我的小店')

  const named = filesOf(project).filter(
    (name) => !/\.(jpg|png)$|^LICENSE$|^package\.json$|^packages[\\/]starter-tools|^\.git[\\/]/.test(name),
  )
  expect(named.filter((name) => /WeChat H5 Starter|wechat-h5-starter/.test(read(project, name)))).toEqual([])
  // A project's own tests pass: those that only a template passes went away.
  expect(existsSync(join(project, 'template'))).toBe(false)
  expect(read(project, 'pnpm-workspace.yaml')).not.toContain('template')
  // The demo is still there.
  expect(existsSync(join(project, 'content/articles'))).toBe(true)
  // Secrets will be written there.
  expect((statSync(join(project, '.env')).mode & 0o777).toString(8)).toBe('600')
  expect(init(project, 'my-shop').status).toBe(1)
})

describe('--bare', () => {
  const project = clone('bare')
  const { status } = init(project, 'my-shop', '--bare')
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

  it('what a project has of its own stays small', () => {
    const lines = countLines(project).reduce((sum, { lines }) => sum + lines, 0)
    expect(lines).toBeLessThan(MOST_LINES)
  })
})
