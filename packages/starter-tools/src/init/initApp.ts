// pnpm init:app <name> [title]: turns a clone of the template into somebody's project.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.cwd()
const [name = '', title = titleOf(name)] = process.argv.slice(2)
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error(
    'Say the name of your project, in lower-case letters, digits and "-": pnpm init:app my-shop "My Shop"',
  )
  process.exit(2)
}
const packageFile = join(root, 'package.json')
const manifest = JSON.parse(readFileSync(packageFile, 'utf8'))
if (manifest.template) {
  console.error(`This is "${manifest.name}" already. Change package.json and content/site.json by hand.`)
  process.exit(1)
}

// Which template this came from is recorded, so that later changes of the template can be compared.
const template = `${manifest.name}@${templateCommit()}`
writeJson(packageFile, { ...manifest, name, version: '0.0.1', description: title, template })
writeJson(join(root, 'content/site.json'), { name: title, shortName: title })
writeFileSync(join(root, 'README.md'), readme())
// What speaks of the template, and the test of this script, which only a template passes.
for (const file of ['README.zh-CN.md', 'docs/images', 'template'])
  rmSync(join(root, file), { recursive: true, force: true })
if (!existsSync(join(root, '.env')))
  writeFileSync(join(root, '.env'), readFileSync(join(root, '.env.example')), { mode: 0o600 }) // secrets go in there

console.log(`
  This is ${title} now. What is left to do:

  content/articles/         your articles; e2e/ names the sample ones
  e2e/                      pictures of the pages; after a change of design: pnpm test:e2e --update-snapshots
  apps/web/public/          favicon.svg and covers/
  apps/web/src/shell/       colours in styles.css, words in language.ts
  .env                      your account, when you have one
  LICENSE                   MIT of the template; choose your own for what you add
`)

function titleOf(slug: string): string {
  return slug.replace(
    /(^|-)(\w)/g,
    (_match, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  )
}

function templateCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return manifest.version
  }
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}

function readme(): string {
  return `# ${title}

\`\`\`sh
npx -y pnpm@12 dev      # everything runs: open http://localhost:5173
npx -y pnpm@12 test     # everything is tested, in a real browser
\`\`\`

Every variable is explained in [.env.example](.env.example), every design decision in [docs/decisions](docs/decisions).
`
}
