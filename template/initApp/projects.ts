// Projects that were made of this template, and what is left of it in them.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const NAMES = z.record(z.string(), z.unknown()).optional()
const MANIFEST = z.object({ dependencies: NAMES, devDependencies: NAMES, optionalDependencies: NAMES })
const LOCKFILE = z.object({
  importers: z.record(z.string(), MANIFEST),
  catalogs: z.record(z.string(), z.record(z.string(), z.unknown())),
  packages: z.record(z.string(), z.unknown()),
})

export const root = join(import.meta.dirname, '../..')
/** Where the projects lie; removed when the tests of a file are over. */
export const folder = mkdtempSync(join(tmpdir(), 'app-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NOT_COPIED = /(^|[\\/])(node_modules|dist|data|\.git|\.turbo|\.env|test-results)$/

/** A copy of this repository, as git has it. */
export function clone(name: string): string {
  const to = join(folder, name)
  cpSync(root, to, { recursive: true, filter: (source) => !NOT_COPIED.test(source.slice(root.length)) })
  return to
}
/** Runs init:app in there. */
export const init = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(cwd, 'packages/starter-tools/src/init/initApp.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  })
export const filesOf = (cwd: string) =>
  readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(cwd, name)).isFile())
/** Where the template still speaks: its name, its sentence, its samples, its address. What updates bring names itself. */
export function wordsOfTemplate(project: string): string[] {
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
export function brokenLinks(project: string): string[] {
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
/** Files of the project that a guide or its README names, and that are not there. */
export function missingFiles(project: string): string[] {
  const guides = filesOf(project).filter((name) => /^(docs[\\/](?!decisions)|[^\\/]+\.md$)/.test(name))
  const named = guides
    .filter((guide) => guide !== 'CHANGELOG.md')
    .flatMap((guide) =>
      [
        ...read(project, guide).matchAll(
          /`((?:apps|packages|docs|e2e|content|template|examples)\/[\w/.-]+)`|--filter (template)\b/g,
        ),
      ].map(([, file, room = '']) => ({ guide, file: file ?? room })),
    )
  expect(named.length).toBeGreaterThan(50)
  // The walk through "an article" has its reader make this one.
  const isMade = (file: string) => file === 'content/articles/tea-in-autumn.md'
  return named
    .filter(({ file }) => !isMade(file) && !existsSync(join(project, file)))
    .map(({ guide, file }) => `${guide}: ${file}`)
}
/** What the lockfile names and a package.json does not, or the other way round: an install on CI refuses both. */
export function lockedOtherwise(project: string): string[] {
  const { importers, catalogs, packages } = LOCKFILE.parse(parse(read(project, 'pnpm-lock.yaml')))
  const names = (sections: z.infer<typeof MANIFEST>, folder: string) =>
    Object.values(sections).flatMap((section = {}) =>
      Object.keys(section).map((name) => `${folder}: ${name}`),
    )
  const locked = Object.entries(importers).flatMap(([folder, sections]) => names(sections, folder))
  const manifests = filesOf(project).filter((name) =>
    /^((apps|packages)[\\/][^\\/]+[\\/])?package\.json$/.test(name),
  )
  const named = manifests.flatMap((name) =>
    names(MANIFEST.parse(JSON.parse(read(project, name))), dirname(name).replaceAll('\\', '/')),
  )
  expect(named.length).toBeGreaterThan(50)
  const isNeeded = (name: string) => locked.some((one) => one.endsWith(`: ${name}`))
  const unused = Object.keys(catalogs['default'] ?? {}).filter((name) => !isNeeded(name))
  const listed = unused.filter((name) => Object.keys(packages).some((one) => one.startsWith(`${name}@`)))
  return [
    ...locked.filter((one) => !named.includes(one)),
    ...named.filter((one) => !locked.includes(one)),
    ...listed,
  ]
}
/** What a source imports from a file that is not there. */
export function brokenImports(project: string): string[] {
  const sources = filesOf(project).filter((name) => /^(apps|e2e)[\\/].*\.(ts|vue)$/.test(name))
  const imports = sources.flatMap((source) =>
    [...read(project, source).matchAll(/(?:from |import\(|import )'(\.[^'?]*)'/g)].map(([, path = '']) => ({
      source,
      path: join(project, dirname(source), path),
    })),
  )
  expect(imports.length).toBeGreaterThan(50)
  const isThere = (path: string) => [path, `${path}.ts`].some((file) => existsSync(file))
  return imports.filter(({ path }) => !isThere(path)).map(({ source, path }) => `${source}: ${path}`)
}
// As GitHub names them in addresses.
const headingsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
export const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8')
