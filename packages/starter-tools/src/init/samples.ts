import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { formatFiles } from './formatFiles.ts'
import { PROJECT_FILES } from './readme.ts'

/** The template's sample articles tell of the template. A project has its own: what they are called there, and here. */
const SAMPLES: [theirs: string, ours: string][] = [
  ['first-share-card', 'first-article'],
  ['autumn-tea-walk', 'second-article'],
  ['which-url-is-signed', 'third-article'],
  ['从零到第一张分享卡片', '第一篇文章'],
  ['周六下午，一起去山里喝茶', '第二篇文章'],
  ['周六一起去山里喝茶吗？', '星期六一起来吗？'],
  ['不需要公众号，也不需要配置', '这是一篇示例文章'],
  ['/pictures/autumn-tea-cups.jpg', '/covers/second-article.jpg'],
  ['iOS 和 Android，签名到底用哪个 URL', '封面与卡片'],
  ['invalid signature？先看签的是哪个 URL', '这张卡片有自己的标题'],
]
const NAMED_IN = ['apps', 'docs', 'e2e']
const READ = ['.ts', '.vue', '.js', '.css', '.html', '.md']

/** Puts plain articles in the place of the template's, and their names where tests and guides name those. */
export function replaceSamples(root: string): void {
  const articles = join(root, 'content/articles')
  if (!existsSync(articles)) return
  for (const [theirs, ours] of SAMPLES) {
    rmSync(join(articles, `${theirs}.md`), { force: true })
    const cover = (name: string) => join(root, `apps/web/public/covers/${name}.jpg`)
    if (existsSync(cover(theirs))) renameSync(cover(theirs), cover(ours))
  }
  cpSync(join(PROJECT_FILES, 'content'), join(root, 'content'), { recursive: true })
  rmSync(join(root, 'apps/web/public/pictures'), { recursive: true, force: true })
  // They show other articles. The first run of `pnpm test:e2e --update-snapshots` makes those of the project.
  rmSync(join(root, 'e2e/articles/pages.spec.ts-snapshots'), { recursive: true, force: true })
  replaceNames(root, SAMPLES)
}

/** Writes other words in the place of some, in all that a project has of its own. */
export function replaceNames(root: string, names: [theirs: string, ours: string][]): void {
  const rewritten: string[] = []
  for (const file of NAMED_IN.flatMap((folder) => filesIn(root, folder))) {
    const text = readFileSync(file, 'utf8')
    const changed = names.reduce((all, [theirs, ours]) => replaceAll(all, theirs, ours), text)
    if (changed === text) continue
    writeFileSync(file, changed)
    rewritten.push(file)
  }
  formatFiles(root, rewritten)
}

// Behind "#" it is a heading of a guide.
const replaceAll = (text: string, theirs: string, ours: string): string =>
  text
    .split(`#${theirs}`)
    .map((part) => part.replaceAll(theirs, ours))
    .join(`#${theirs}`)

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => READ.includes(extname(name)) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name))
    .map((name) => join(root, folder, name))
}
