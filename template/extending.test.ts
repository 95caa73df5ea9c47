// docs/extending.md shows code: what says where it is new is written there and has to work, all else has to be in the repository.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startPlatform } from 'wechat-sandbox'
import { buildRelease, startBuiltApp, type BuiltApp } from 'starter-tools/testing'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const flat = (code: string) => code.replace(/\s+/g, ' ').trim()

const document = read('docs/extending.md')
const blocks = [...document.matchAll(/^```(?:ts|vue)\n(.*?)^```/gms)].map(([, code = '']) => code)
// "// apps/a/b.ts" or "<!-- apps/a/B.vue -->" in its first line.
const PLACE = /^(?:\/\/|<!--) ((?:apps|packages)\/\S+)(?: -->)?\n/
const samples = blocks.filter((code) => !PLACE.test(code)).map(flat)
const written = blocks.flatMap((code) => {
  const [line = '', place = ''] = PLACE.exec(code) ?? []
  return place ? [{ place, code: code.slice(line.length) }] : []
})

const paths = [
  'apps/server/src/login/me.ts',
  'apps/web/src/me/MembersPage.vue',
  'apps/web/src/router.ts',
  'apps/web/src/session/session.ts',
  'apps/web/src/lab/LabPage.vue',
  'packages/wechat-core/src/api/network.ts',
  'packages/wechat-core/src/api/api.test.ts',
]
const sources = paths.map((path) => flat(read(path)))

it.each(samples)('%s', (sample) => expect(sources.some((source) => source.includes(sample))).toBe(true))

it('shows some, and names only files that are there', () => {
  expect(samples.length).toBeGreaterThanOrEqual(7)
  const named = [...document.matchAll(/`((?:apps|packages|docs)\/[\w/.-]+\.\w+)`/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThanOrEqual(5)
  for (const path of named) expect(read(path).length).toBeGreaterThan(0)
})

describe(
  'a page with content and something saved per person, as the document writes them',
  { timeout: 120_000 },
  () => {
    const copy = mkdtempSync(join(tmpdir(), 'extending-'))
    let app: BuiltApp | undefined
    let endPlatform: (() => Promise<void>) | undefined
    afterAll(async () => {
      await app?.kill()
      await endPlatform?.()
      rmSync(copy, { recursive: true })
    })

    it('is new files, and lines in lists', () => {
      copyProject(copy)
      const isNew = written.filter(({ place, code }) => {
        const path = join(copy, place)
        const before = fileIn(path)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, before === undefined ? code : withLines(before, code))
        return before === undefined
      })
      expect([isNew.length, written.length - isNew.length]).toEqual([7, 8])
    })

    it('passes the type check of apps/server, in every file that is new or has new lines', () => {
      const folder = 'apps/server/'
      const files = written.map(({ place }) => place).filter((place) => place.startsWith(folder))
      const config = { extends: './tsconfig.json', include: files.map((file) => file.slice(folder.length)) }
      writeFileSync(join(copy, folder, 'tsconfig.written.json'), JSON.stringify(config))
      expect(files.length).toBeGreaterThan(8)
      const script = join(copy, 'packages/starter-tools/src/typecheck.ts')
      const args = [script, join(copy, folder), 'tsconfig.written.json']
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: '' })
    })

    it('passes the type check of apps/web', () => {
      const PATH = `${join(root, 'apps/web/node_modules/.bin')}:${process.env['PATH'] ?? ''}`
      const cwd = join(copy, 'apps/web')
      const { status, stdout } = spawnSync(process.execPath, ['typecheck.js'], {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, PATH },
      })
      expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: '' })
    })

    it('passes its own test, and the one that asks every route', () => {
      const cwd = join(copy, 'apps/server')
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/vitest/vitest.mjs'),
          'run',
          '--root',
          cwd,
          'src/wishes',
          'src/contract.test.ts',
        ],
        { cwd, encoding: 'utf8' },
      )
      expect(status, stdout).toBe(0)
    })

    it('is there for browsers, for the app, for crawlers, and missing where nothing is', async () => {
      const platform = await startPlatform({ siteOrigin: 'https://h5.example.com' })
      endPlatform = () => platform.close()
      const [web, dist] = [join(copy, 'apps/web/dist'), join(copy, 'dist')]
      mkdirSync(web)
      cpSync(join(root, 'apps/web/index.html'), join(web, 'index.html'))
      await buildRelease({ project: copy, web, to: dist })
      app = await startBuiltApp({
        server: join(dist, 'server.js'),
        platform,
        publicUrl: 'https://h5.example.com',
        storeUrl: 'memory:',
      })
      const { url } = app
      const get = async (path: string) => {
        const response = await fetch(url + path)
        return { status: response.status, text: await response.text() }
      }
      const page = await get('/products/oolong')
      expect(page.status).toBe(200)
      expect(page.text).toContain('<title>Roasted oolong</title>')
      expect(page.text).toContain('<meta property="og:description" content="For cold mornings.">')
      expect(page.text).toContain('<h1>Roasted oolong</h1>')
      const json = await get('/api/products/oolong')
      expect(JSON.parse(json.text)).toEqual({
        ...{ id: 'oolong', name: 'Roasted oolong', note: 'For cold mornings.', price: 68 },
      })
      expect((await get('/products/coffee')).status).toBe(404)
      expect(JSON.parse((await get('/api/products/coffee')).text)).toMatchObject({
        status: 404,
        code: 'product_not_found',
      })
      expect((await get('/sitemap.xml')).text).toContain('<loc>https://h5.example.com/products/oolong</loc>')
    })
  },
)

function fileIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

// Above which line of a list a new one goes, and how far in; one for none of them goes on at the end.
const PLACES: [line: RegExp, indent: string, above: string][] = [
  [/^\{ path: /, '      ', "      { path: '/:rest"],
  [/^\.\.\.wishMigrations/, '  ', '}\n'],
  [/^\.\.\.wishesContract/, '  ', '  ...loginContract,'],
  [/^const wishes/, '  ', '  // What else is kept about people'],
  [/^wishes\.forget/, '    ', '  ]\n  const alsoForget'],
  [/^api\.use/, '  ', '  api.use(meRoutes('],
  [/^'(GET|PUT) \/api\/me/, '  ', "  'GET /api/session':"],
]

function withLines(before: string, code: string): string {
  const imports = code.split('\n').filter((line) => line.startsWith('import '))
  const rest = code.split('\n').filter((line) => line !== '' && !line.startsWith('import '))
  // A line that is no entry of a list belongs to the one above it.
  const entries: string[] = []
  for (const line of rest)
    if (PLACES.some(([kind]) => kind.test(line.trim())) || entries.length === 0) entries.push(line.trim())
    else entries.push(`${entries.pop() ?? ''}\n${line}`)
  const withImports =
    imports.length > 0 ? before.replace(/^import /m, `${imports.join('\n')}\nimport `) : before
  return entries.reduce((text, entry) => {
    const [, indent = '', above] = PLACES.find(([kind]) => kind.test(entry)) ?? []
    if (above === undefined) return `${text}${entry}\n`
    const at = text.lastIndexOf(above)
    expect(at, `the place of ${entry}`).toBeGreaterThan(0)
    return `${text.slice(0, at)}${indent}${entry}\n${text.slice(at)}`
  }, withImports)
}

// What the apps are made of; what was installed is used where it is.
function copyProject(target: string): void {
  const SKIPPED = /(^|[\\/])(node_modules|dist|\.turbo)$/
  for (const name of ['apps', 'content', 'tsconfig.base.json', 'package.json', '.env.example'])
    cpSync(join(root, name), join(target, name), { recursive: true, filter: (path) => !SKIPPED.test(path) })
  for (const name of ['node_modules', 'packages', 'apps/server/node_modules', 'apps/web/node_modules'])
    symlinkSync(join(root, name), join(target, name), 'junction')
}
