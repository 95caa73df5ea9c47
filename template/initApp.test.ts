import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, Cancelled, countLines, MARK } from 'starter-tools/init'

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
/** Where the template still speaks: its name, its sentence, its samples, its address. What updates bring names itself. */
function wordsOfTemplate(project: string): string[] {
  const { name, shortName, tagline } = JSON.parse(read(root, 'content/site.json'))
  const samples = filesOf(join(root, 'content/articles')).flatMap((file) => [
    file.replace('.md', ''),
    /^title: (.*)$/m.exec(read(root, `content/articles/${file}`))?.[1] ?? file,
  ])
  const words: string[] = [name, shortName, tagline.en, tagline['zh-CN'], 'h5-starter', ...samples]
  const files = filesOf(project).filter((file) => !/^(packages|\.git)[\\/]|\.(jpg|png)$/.test(file))
  // Behind "#" it is a heading of a guide.
  const textOf = (file: string) => read(project, file).toLowerCase().replaceAll('#which-url-is-signed', '')
  const told = files.flatMap((file) =>
    words
      .filter((word) => file.includes(word) || textOf(file).includes(word.toLowerCase()))
      .map((word) => `${file}: ${word}`),
  )
  const address = /git\.example\.com/
  return [...told, ...files.filter((file) => file !== 'package.json' && address.test(read(project, file)))]
}
/** Links of the guides to a file, or a heading of one, that is not there. */
function brokenLinks(project: string): string[] {
  const guides = filesOf(project).filter((name) => /^(docs[\\/](?!decisions)|README).*\.md$/.test(name))
  const links = guides.flatMap((guide) =>
    [...read(project, guide).matchAll(/\]\((?!\w+:|\/)([^)#\s]*)(?:#([^)\s]*))?/g)].map(
      ([, file = '', heading = '']) => ({ guide, to: file ? join(dirname(guide), file) : guide, heading }),
    ),
  )
  expect(links.length).toBeGreaterThan(50)
  const isThere = (to: string, heading: string) =>
    existsSync(join(project, to)) && (heading === '' || headingsOf(read(project, to)).includes(heading))
  return links
    .filter(({ to, heading }) => !isThere(to, decodeURIComponent(heading)))
    .map(({ guide, to, heading }) => `${guide}: ${to}#${heading}`)
}
// As GitHub names them in addresses.
const headingsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
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

  expect(wordsOfTemplate(project)).toEqual([])
  expect(brokenLinks(project)).toEqual([])
  // A project's own tests pass: those that only a template passes went away.
  expect(existsSync(join(project, 'template'))).toBe(false)
  expect(read(project, 'pnpm-workspace.yaml')).not.toContain('template')
  // The demo is still there.
  expect(existsSync(join(project, 'content/articles'))).toBe(true)
  // The first secret is there, and nobody else reads it.
  expect((statSync(join(project, '.env')).mode & 0o777).toString(8)).toBe('600')
  expect(read(project, '.env')).toMatch(/^SESSION_SECRET=[0-9a-f]{64}$/m)
  expect(init(project, 'my-shop').status).toBe(1)
})

describe('what is said about the project', () => {
  const project = clone('told')
  const flags = ['--tagline', '山里的茶', '--owner', 'Tea $1 Ltd', '--language', 'en', '--git']
  const { status, stdout } = init(project, 'tea', 'Mountain Tea', ...flags)
  const site = JSON.parse(read(project, 'content/site.json'))

  it('stands in site.json, and so in the foot, the cards and the chat of the sandbox', () => {
    expect(status).toBe(0)
    expect(site).toMatchObject({
      ...{ name: 'Mountain Tea', owner: 'Tea $1 Ltd', language: 'en' },
      tagline: { 'zh-CN': '山里的茶', en: '山里的茶' },
      account: { name: 'Mountain Tea' },
    })
  })

  it('stands in both READMEs, with the guides that are there', () => {
    for (const [name, guides] of [
      ['README.md', 'docs'],
      ['README.zh-CN.md', 'docs/zh-CN'],
    ] as const) {
      const readme = read(project, name)
      expect(readme).toMatch(/^# Mountain Tea\n/)
      expect(readme).toContain('山里的茶')
      for (const guide of ['real-phone', 'troubleshooting', 'credentials', 'site'])
        expect(readme).toContain(`${guides}/${guide}.md`)
      const links = [...readme.matchAll(/\]\(([^):#]+)\)/g)].map(([, path = '']) => path)
      expect(links.filter((path) => !existsSync(join(project, path)))).toEqual([])
    }
  })

  it('stands in the license; what comes with updates keeps its own', () => {
    expect(read(project, 'LICENSE')).toMatch(/^Copyright \(c\) \d{4} Tea \$1 Ltd$/m)
    expect(read(project, 'packages/LICENSE')).toBe(read(root, 'LICENSE'))
  })

  it('leaves no word of the template', () => expect(wordsOfTemplate(project)).toEqual([]))

  it('begins a history of its own', () => {
    const log = execFileSync('git', ['log', '--format=%s'], { cwd: project, encoding: 'utf8' }).trim()
    const staged = execFileSync('git', ['diff', '--cached', '--name-only'], {
      cwd: project,
      encoding: 'utf8',
    })
    // Where git does not know who this is, everything waits for the first commit.
    expect([log, staged.includes('README.md')]).toEqual(['Begin Mountain Tea', false])
    expect(execFileSync('git', ['ls-files'], { cwd: project, encoding: 'utf8' })).not.toMatch(/^\.env$/m)
    expect(stdout).not.toContain('--git begins')
  })

  it('has articles that its tests name', () => {
    const articles = filesOf(join(project, 'content/articles'))
    const titles = articles.map(
      (name) => /^title: (.*)$/m.exec(read(project, `content/articles/${name}`))?.[1],
    )
    const tests = filesOf(join(project, 'e2e/articles'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(project, `e2e/articles/${name}`))
      .join()
    for (const title of ['第一篇文章', 'A second article', '封面与卡片']) {
      expect(titles).toContain(title)
      expect(tests).toContain(title)
    }
    for (const name of articles) {
      const cover = /^cover: (.*)$/m.exec(read(project, `content/articles/${name}`))?.[1]
      expect(existsSync(join(project, `apps/web/public${cover}`)), name).toBe(true)
    }
    const check = spawnSync(process.execPath, ['apps/server/src/articles/checkContent.ts'], { cwd: project })
    expect(String(check.stderr).replace(/^\(.*\n/gm, '')).not.toContain('content/')
  })
})

describe('the questions', () => {
  const asked = (text: string, given: Parameters<typeof ask>[0] = {}) => {
    const output = new PassThrough()
    return ask(given, { input: Readable.from([text]), output })
  }

  it('are answered a line each; an empty one takes what is proposed', async () => {
    expect(await asked('Tea Shop\ntea-shop\n\n好茶\n茶馆\nfr\nen\ny\n')).toEqual({
      ...{ name: 'tea-shop', title: 'Tea Shop', tagline: '好茶', owner: '茶馆', language: 'en', git: true },
    })
  })

  it('are not asked again of what was said as flags', async () => {
    const given = { name: 'tea', title: 'T', tagline: 'A', owner: 'B', git: false }
    expect(await asked('zh\n', given)).toEqual({ ...given, language: 'zh-CN' })
  })

  it('come before everything: who leaves them has changed nothing', async () => {
    await expect(asked('tea\nTea\n')).rejects.toThrow(Cancelled)
    const project = clone('left')
    const before = read(project, 'package.json')
    const keys = `{ sleep 3; printf 'tea\\nTea\\n'; sleep 1; printf '\\003'; sleep 1; }`
    const command = `${process.execPath} packages/starter-tools/src/init/initApp.ts`
    const { stdout } = spawnSync('sh', ['-c', `${keys} | script -qec '${command}' /dev/null`], {
      cwd: project,
      encoding: 'utf8',
    })
    if (process.platform === 'linux') expect(stdout).toContain('Nothing was changed.')
    expect(read(project, 'package.json')).toBe(before)
    expect(existsSync(join(project, '.env'))).toBe(false)
  })

  it.each([
    [['my shop']],
    [['my-shop', '--language', 'fr']],
    [['my-shop', 'My', 'Shop']],
    [['my-shop', '--tagline', 'a\nb']],
    [['my-shop', '--unknown']],
    [[]],
  ])('%j is refused with what to say, and changes nothing', (args) => {
    const project = join(folder, 'left')
    const { status, stderr } = init(project, ...args)
    expect(status).toBe(2)
    expect(stderr).toContain('pnpm init:app my-shop')
  })
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

  it('no word of the template is left, and no guide leads to what is gone', () => {
    expect(wordsOfTemplate(project)).toEqual([])
    expect(brokenLinks(project)).toEqual([])
  })

  it('what a project has of its own stays small', () => {
    const lines = countLines(project).reduce((sum, { lines }) => sum + lines, 0)
    expect(lines).toBeLessThan(MOST_LINES)
  })
})
