// pnpm init:app <name> [title] [--bare]: turns a clone of the template into somebody's project.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../root.ts'
import { withoutPassword } from '../update/git.ts'
import type { Template } from '../update/update.ts'
import { removeDemo } from './demo.ts'

// What speaks of the template itself, and the tests that only a template passes.
const TEMPLATE_ONLY = ['README.zh-CN.md', 'docs/images', 'examples', 'template']

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { bare: { type: 'boolean', default: false } },
})
const [name = '', title = titleOf(name)] = positionals
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error(
    'Say the name of your project, in lower-case letters, digits and "-": pnpm init:app my-shop "My Shop" [--bare]',
  )
  process.exit(2)
}
const packageFile = join(root, 'package.json')
const manifest = JSON.parse(readFileSync(packageFile, 'utf8'))
if (manifest.template) {
  console.error(`This is "${manifest.name}" already. Change package.json and content/site.json by hand.`)
  process.exit(1)
}

writeJson(packageFile, { ...manifest, name, version: '0.0.1', description: title, template: templateOf() })
writeJson(join(root, 'content/site.json'), { name: title, shortName: title })
writeFileSync(join(root, 'README.md'), readme())
for (const path of TEMPLATE_ONLY) rmSync(join(root, path), { recursive: true, force: true })
const workspaceFile = join(root, 'pnpm-workspace.yaml')
writeFileSync(workspaceFile, readFileSync(workspaceFile, 'utf8').replace(/^ *- template\n/m, ''))
if (!existsSync(join(root, '.env')))
  writeFileSync(join(root, '.env'), readFileSync(join(root, '.env.example')), { mode: 0o600 }) // secrets go in there
if (flags.bare) removeDemo(root)

console.log(`
  This is ${title} now. What is left to do:

${flags.bare ? forBare() : forDemo()}
  apps/web/public/          favicon.svg and covers/
  apps/web/src/shell/       colours in styles.css, words in language.ts
  .env                      your account, when you have one
  LICENSE                   MIT of the template; choose your own for what you add

  "pnpm wechat update" brings later versions of packages/ (package.json, "template", says from where).
`)

function forBare(): string {
  return `  apps/*/src/home/          the start page: your first page goes beside it (docs/extending.md)
  e2e/home.spec.ts          its test`
}

function forDemo(): string {
  return `  content/articles/         your articles; e2e/articles/ names the sample ones
  e2e/articles/             pictures of the pages; after a change of design: pnpm test:e2e --update-snapshots`
}

function titleOf(slug: string): string {
  return slug.replace(
    /(^|-)(\w)/g,
    (_match, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  )
}

/** Where updates come from, and what this project has of it. */
function templateOf(): Template {
  const repository = manifest.repository?.url ?? manifest.repository ?? git('remote', 'get-url', 'origin')
  return {
    repository: withoutPassword(repository ?? ''),
    commit: git('rev-parse', 'HEAD') ?? `v${manifest.version}`,
  }
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined // no repository, or none that it came from
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
