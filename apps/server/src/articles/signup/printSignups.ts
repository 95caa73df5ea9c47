// pnpm wechat signups <slug> [--csv | --list]: who signed up for an article, for whoever has this machine.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SignupForm } from '@app/shared/signupForm'
import { openDatabase } from 'starter-server/database/database'
import { DatabaseError } from 'starter-server/database/databaseAddress'
import { parseEnv, StartError } from '../../env.ts'
import { openArticles } from '../articles.ts'
import { signupsToCsv } from './signupList.ts'
import { createSignups, signupMigrations, type Signup } from './signups.ts'

const ARTICLES = join(import.meta.dirname, '../../../../../content/articles')
const USAGE = `pnpm wechat signups <slug>    says who signed up for the article: as CSV into a file or a pipe, in a terminal as a list
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
  const db = await openDatabase(env.databaseUrl, signupMigrations)
  try {
    const all = await createSignups({ db, now: Date.now }).list(slug)
    const asCsv = values.csv || (!values.list && !process.stdout.isTTY)
    process.stdout.write(asCsv ? signupsToCsv(form, all) : listOf(form, all))
  } finally {
    await db.destroy()
  }
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
