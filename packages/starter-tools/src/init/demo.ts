import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { formatFiles } from './formatFiles.ts'
import { leaveOutDemo } from './guides.ts'

/** The demo: what a bare project does without. A line elsewhere that needs it ends with a mark. */
const DEMO = [
  'apps/server/src/articles',
  'apps/shared',
  'apps/web/src/articles',
  'apps/web/src/lab',
  'content/articles',
  'e2e/articles',
  'apps/web/public/covers/autumn-tea-walk.jpg',
  'apps/web/public/covers/first-share-card.jpg',
  'apps/web/public/covers/which-url-is-signed.jpg',
  'apps/web/public/pictures',
  'docs/signup-and-shares.md',
  'docs/zh-CN/signup-and-shares.md',
]
// Prettier may set the mark of a template on a line of its own, below the one that it is for.
export const MARK = /^.*(?:\/\/ demo|\/\* demo \*\/|\S.*<!-- demo -->|\n *<!-- demo -->)$\n?/gm
const MARKED = ['apps', 'e2e']
const READ = ['.ts', '.vue', '.js', '.css', '.html']

/** What of `package.json` is there for the demo alone. */
const SETTINGS: Record<string, [section: string, names: string[]][]> = {
  'apps/server/package.json': [
    ['scripts', ['content']],
    ['dependencies', ['@app/shared', 'aws4fetch', 'csv-stringify', 'highlight.js', 'kysely', 'yaml']],
  ],
  'apps/web/package.json': [['dependencies', ['@app/shared']]],
}

/** Variables that only the demo reads. */
const VARIABLES = ['MEDIA_URL']

/** What takes the demo's place; its files lie in `bare/`, at the paths that they get. */
const LINES: [file: string, before: RegExp | undefined, line: string][] = [
  ['apps/server/src/pageList.ts', undefined, "export { homePage } from './home/page.ts'\n"],
  ['apps/web/src/router.ts', /^import NotFoundPage /m, "import HomePage from './home/HomePage.vue'\n"],
  ['apps/web/src/router.ts', /^ *\{ path: '\/me'/m, "      { path: '/', component: HomePage },\n"],
]
const OVERLAY = join(import.meta.dirname, '../../bare')

/** Takes the demo out of a project, and puts one plain page in its place. */
export function removeDemo(root: string): void {
  for (const path of DEMO) rmSync(join(root, path), { recursive: true, force: true })
  const changed = MARKED.flatMap((folder) => sources(root, folder)).filter((path) =>
    removeLines(join(root, path)),
  )
  for (const [file, sections] of Object.entries(SETTINGS)) removeSettings(join(root, file), sections)
  for (const name of VARIABLES) removeVariable(join(root, '.env.example'), name)
  leaveOutDemo(root, DEMO)
  cpSync(OVERLAY, root, { recursive: true })
  for (const [file, before, line] of LINES) addLine(join(root, file), before, line)
  formatFiles(root, changed)
}

function sources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => READ.includes(extname(name)) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name))
    .map((name) => join(folder, name))
}

const removeLines = (file: string): boolean => write(file, (text) => text.replace(MARK, ''))

function write(file: string, change: (text: string) => string): boolean {
  const text = readFileSync(file, 'utf8')
  const left = change(text)
  if (left !== text) writeFileSync(file, left)
  return left !== text
}

function removeSettings(file: string, sections: [string, string[]][]): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  for (const [section, names] of sections) for (const name of names) delete manifest[section]?.[name]
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
}

/** With the lines of comment above it. */
function removeVariable(file: string, name: string): void {
  const text = readFileSync(file, 'utf8')
  const blocks = text.split('\n\n').filter((block) => !block.includes(`# ${name}=`))
  writeFileSync(file, blocks.join('\n\n'))
}

function addLine(file: string, before: RegExp | undefined, line: string): void {
  const text = readFileSync(file, 'utf8')
  const at = before ? text.search(before) : text.length
  if (at < 0)
    throw new Error(`${file} has no line ${before} any more: mend it in starter-tools/src/init/demo.ts`)
  writeFileSync(file, text.slice(0, at) + line + text.slice(at))
}
