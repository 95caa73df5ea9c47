// A clone becomes somebody's project.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
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
  expect(missingFiles(project)).toEqual([])
  expect(lockedOtherwise(project)).toEqual([])
  expect(brokenImports(project)).toEqual([])
  // The journeys that are left test the project, and what they need is there.
  expect(
    filesOf(join(project, 'e2e')).filter((name) => /phone|plain|intercept|template/i.test(name)),
  ).toEqual([])
  expect(existsSync(join(project, 'e2e/login.spec.ts'))).toBe(true)
  expect(
    filesOf(join(project, '.github/workflows')).flatMap(
      (name) => read(project, `.github/workflows/${name}`).match(/.*--filter template.*/g) ?? [],
    ),
  ).toEqual([])
  // Nor does what comes with updates ask for one of the template's samples, which is not there.
  const packages = filesOf(join(project, 'packages')).filter(
    (name) => /\.(ts|js|vue)$/.test(name) && !/[\\/]init[\\/]/.test(name),
  )
  const samples = filesOf(join(root, 'content/articles')).map((name) => name.replace('.md', ''))
  expect(packages.length).toBeGreaterThan(200)
  expect(
    packages.filter((name) =>
      samples.some((sample) => read(project, join('packages', name)).includes(sample)),
    ),
  ).toEqual([])
  // A project's own tests pass: those that only a template passes went away.
  expect(existsSync(join(project, 'template'))).toBe(false)
  expect(read(project, 'pnpm-workspace.yaml')).not.toContain('template')
  // Each task that a command runs is there for it: turbo refuses others.
  const scriptsOf = (name: string): Record<string, string> => JSON.parse(read(project, name)).scripts
  const tasks = filesOf(project)
    .filter((name) => /^(apps|packages)[\\/][^\\/]+[\\/]package\.json$/.test(name))
    .flatMap((name) => Object.keys(scriptsOf(name) ?? {}))
  const commands = Object.entries(scriptsOf('package.json'))
  const run = commands.flatMap(([, text]) => /turbo\.ts run (.*)$/.exec(text)?.[1]?.split(' ') ?? [])
  expect(run).toContain('typecheck')
  expect(run.filter((task) => ![...tasks, 'bundle'].includes(task))).toEqual([])
  const called = commands.flatMap(([, text]) =>
    [...text.matchAll(/pnpm run ([\w:]+)/g)].map(([, name]) => name),
  )
  expect(called.filter((name) => !commands.some(([one]) => one === name))).toEqual([])
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
    for (const title of ['第一篇文章', '第二篇文章', '封面与卡片']) {
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
