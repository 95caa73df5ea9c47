// pnpm wechat signups <slug> [--csv | --list], and node server.js signups in a release: who signed up for an article, for
// whoever has this machine.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SignupForm } from '@app/shared/signupForm'
import { openDatabase } from 'starter-server/database/database'
import { DatabaseError, readDatabaseAddress } from 'starter-server/database/databaseAddress'
import { parseEnv, StartError } from '../../env.ts'
import { openArticles } from '../articles.ts'
import { signupsToCsv } from './signupList.ts'
import { createSignups, signupMigrations, type Signup } from './signups.ts'

const isRelease = import.meta.filename.endsWith('.js')
const ARTICLES = join(import.meta.dirname, isRelease ? '..' : '../../../../..', 'content/articles')
const USAGE = `${isRelease ? 'node server.js' : 'pnpm wechat'} signups <slug>    says who signed up for the article: as CSV into a file or a pipe, in a terminal as a list
  --csv, --list               one of the two, wherever it goes`

/** What is asked for cannot be given; the message says what to do. */
class Refused extends Error {}

try {
  await main()
} catch (error) {
  const isKnown = error instanceof Refused || error instanceof StartError || error instanceof DatabaseError
  process.stderr.write(`${isKnown ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments()
  const [slug = ''] = positionals
  if (positionals.length !== 1 || (values.csv && values.list)) throw new Refused(USAGE)
  const articles = await openArticles({ folder: ARTICLES })
  const form = (await articles.find(slug))?.signup
  if (!form) throw new Refused(`${slug} has no sign-up. ${await known(articles)}`)

  if (existsSync('.env')) process.loadEnvFile('.env')
  const { env } = parseEnv({ ...process.env, NODE_ENV: 'development' })
  refuseMissing(env.databaseUrl)
  const db = await openDatabase(env.databaseUrl, signupMigrations)
  try {
    const all = await createSignups({ db, now: Date.now }).list(slug)
    const asCsv = values.csv || (!values.list && !process.stdout.isTTY)
    process.stdout.write(asCsv ? signupsToCsv(form, all) : listOf(form, all))
  } finally {
    await db.destroy()
  }
}

// Opened, it would be a new one, in which nobody has signed up.
function refuseMissing(address: string): void {
  const where = readDatabaseAddress(address)
  if (where.engine === 'sqlite' && !existsSync(where.path))
    throw new Refused(
      `${where.path} is not there. Run this in the folder in which the site is started, or set DATABASE_URL.`,
    )
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { csv: { type: 'boolean' }, list: { type: 'boolean' } },
    })
  } catch {
    throw new Refused(USAGE)
  }
}

async function known(articles: Awaited<ReturnType<typeof openArticles>>): Promise<string> {
  const slugs: string[] = []
  for (const { slug } of await articles.list()) if ((await articles.find(slug))?.signup) slugs.push(slug)
  return slugs.length > 0 ? `These have one: ${slugs.join(', ')}.` : 'No article has one.'
}

function listOf({ fields, places }: SignupForm, all: (Signup & { openid: string })[]): string {
  const count = places === undefined ? `${all.length}` : `${all.length} of ${places} places`
  const people = all.map(({ openid, createdAt, fields: answers }, at) => {
    const lines = fields.map(({ name, label }) => `   ${label}: ${textOf(answers[name])}`)
    return [`${at + 1}. ${createdAt.slice(0, 16).replace('T', ' ')} UTC  ${openid}`, ...lines].join('\n')
  })
  return `${[count, ...people].join('\n\n')}\n`
}

function textOf(value: string | number | boolean | undefined): string {
  return value === true ? '✓' : String(value ?? '-')
}
