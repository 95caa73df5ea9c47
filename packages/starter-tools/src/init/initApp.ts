// pnpm init:app [name] [title]: turns a clone of the template into somebody's project.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../root.ts'
import { ask, Cancelled, languageOf, NAME_FORM, proposed, type Answers, type Given } from './answers.ts'
import { turn, type Manifest } from './turn.ts'

const USAGE = `pnpm init:app my-shop ["My Shop"] [options]

  --tagline "Tea by post"   one sentence about it
  --owner "Tea Ltd"         who runs it: for the footer and the license
  --language zh             zh or en: the site's own language
  --git                     begin a new git history
  --bare                    without the demo
  --yes                     ask nothing, also at a terminal
  --help                    say this`

try {
  await main()
} catch (error) {
  if (!(error instanceof Cancelled)) throw error
  console.error(`\n${error.message}`)
  process.exit(130)
}

async function main(): Promise<void> {
  const { given, bare, quiet } = readFlags()
  const manifest: Manifest & { template?: unknown } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  if (manifest.template) {
    console.error(`This is "${manifest.name}" already. Change package.json and content/site.json by hand.`)
    process.exit(1)
  }
  tellUncommitted()
  const asks = !quiet && process.stdin.isTTY && process.stdout.isTTY
  if (!asks && given.name === undefined) refuse('Say the name of your project.')
  const answers = asks ? await ask(given, { input: process.stdin, output: process.stdout }) : proposed(given)
  turn(root, manifest, answers, { bare })
  console.log(farewell(answers, bare))
}

/** Before the first question, so that whoever has work of theirs in here can leave. */
function tellUncommitted(): void {
  const args = ['status', '--porcelain', '--untracked-files=no', '--', '.']
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  const names = (stdout ?? '').split('\n').flatMap((line) => line.slice(3) || [])
  if (names.length === 0) return
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  console.error(`Changed, and in no commit: ${shown}.
init:app writes some files anew and removes others. Commit first, and "git diff" shows what it did, "git restore ." takes it back.\n`)
}

function readFlags(): { given: Given; bare: boolean; quiet: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        title: { type: 'string' },
        tagline: { type: 'string' },
        owner: { type: 'string' },
        language: { type: 'string' },
        git: { type: 'boolean' },
        bare: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      console.log(USAGE)
      process.exit(0)
    }
    const [name, behind, ...more] = positionals
    const title = behind ?? values.title
    const language = values.language === undefined ? undefined : languageOf(values.language)
    if (more.length > 0) refuse('A title of several words stands in quotes.')
    if (name !== undefined && !NAME_FORM.test(name))
      refuse(
        `"${name}" cannot be the name: that is lower-case letters, digits and "-". What people read is the title behind it.`,
      )
    if (behind !== undefined && values.title !== undefined) refuse('The title is said twice.')
    if (values.language !== undefined && !language) refuse('--language is zh or en.')
    const { tagline, owner, git } = values
    for (const [flag, text] of Object.entries({ title, tagline, owner }))
      if (text !== undefined && /[\r\n]/.test(text)) refuse(`--${flag} is one line.`)
    if (title?.trim() === '') refuse('The title is empty.')
    return { given: { name, title, tagline, owner, language, git }, bare: values.bare, quiet: values.yes }
  } catch (error) {
    // Node's first sentence says what is wrong; the ones behind it are about names that begin with "-".
    return refuse(
      error instanceof Error ? error.message.split('. To ', 1).join() : 'These flags cannot be read.',
    )
  }
}

function refuse(reason: string): never {
  console.error(`${reason}\n\n${USAGE}`)
  process.exit(2)
}

function farewell({ title, owner, git }: Answers, bare: boolean): string {
  const where = bare
    ? `  apps/*/src/home/          the start page: your first page goes beside it (docs/extending.md)
  e2e/home.spec.ts          its test`
    : `  content/articles/         your articles; e2e/articles/ names the samples
  e2e/articles/             pictures of the pages: pnpm test:e2e pages --update-snapshots makes yours`
  return `
  This is ${title} now. What is left to do:

  content/site.json         ${owner ? 'contact' : 'owner, contact'}, ICP number, the account's QR code
  content/*.md              privacy policy and terms: read them, they speak for you
${where}
  apps/web/public/          favicon.svg and covers/
  apps/web/src/shell/       colours in styles.css, words in language.ts
  .env                      your account, when you have one; SESSION_SECRET is there
  LICENSE                   MIT: choose another one if you want
${git ? '' : "  git                       the history is still the template's: --git begins a new one\n"}
  "pnpm wechat update" brings later versions of packages/ (package.json, "template", says from where).
`
}
