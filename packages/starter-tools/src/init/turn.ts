import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutPassword } from '../update/git.ts'
import type { Template } from '../update/update.ts'
import type { Answers } from './answers.ts'
import { removeDemo } from './demo.ts'
import { leaveOutTemplate } from './guides.ts'
import { removePackageJourneys } from './journeys.ts'
import { trimLockfile } from './lockfile.ts'
import { writeReadmes } from './readme.ts'
import { replaceNames, replaceSamples } from './samples.ts'

// What speaks of the template itself, and the tests that only a template passes.
const TEMPLATE_ONLY = ['.github/workflows/template.yml', 'docs/images', 'examples', 'template']
const ABOUT = /^A starter for pages that live inside WeChat:/m
const TEMPLATE_SCRIPTS = ['test:packed']

export interface Manifest {
  name: string
  version: string
  repository?: string | { url?: string }
  scripts?: Record<string, string>
  [field: string]: unknown
}

/** Turns the clone of a template into a project. */
export function turn(root: string, manifest: Manifest, answers: Answers, { bare }: { bare: boolean }): void {
  const { name, title, owner, language } = answers
  const tagline = answers.tagline || title
  const before = readJson(join(root, 'content/site.json'))
  const { repository: _, ...kept } = manifest
  const scripts = Object.entries(manifest.scripts ?? {}).filter(([name]) => !TEMPLATE_SCRIPTS.includes(name))
  const template = templateOf(root, manifest)
  const own = { name, version: '0.0.1', description: tagline, scripts: Object.fromEntries(scripts), template }
  writeJson(join(root, 'package.json'), { ...kept, ...own })
  writeJson(join(root, 'content/site.json'), {
    ...before,
    ...{ name: title, shortName: title, language, tagline: { 'zh-CN': tagline, en: tagline }, owner },
    // The sandbox's account is called so as well.
    account: { name: title, qr: '' },
  })
  writeReadmes(root, { title, tagline: answers.tagline })
  for (const path of TEMPLATE_ONLY) rmSync(join(root, path), { recursive: true, force: true })
  removePackageJourneys(join(root, 'e2e'))
  edit(root, 'pnpm-workspace.yaml', (text) => text.replace(/^ *- template\n/m, ''))
  edit(root, 'AGENTS.md', (text) => text.replace(ABOUT, () => `${title}, pages that live inside WeChat:`))
  leaveOutTemplate(root)
  writeLicense(root, owner || `The owners of ${title}`)
  if (bare) removeDemo(root)
  else replaceSamples(root)
  trimLockfile(root)
  writeEnvironment(root)
  const names = [before['name'], before['shortName']].filter((one) => typeof one === 'string' && one !== '')
  replaceNames(
    root,
    names.map((one) => [String(one), title]),
  )
  if (answers.git) beginHistory(root, title)
}

// The template's license stays with what comes from the template.
function writeLicense(root: string, owner: string): void {
  const [license, packages] = [join(root, 'LICENSE'), join(root, 'packages/LICENSE')]
  const text = readFileSync(license, 'utf8')
  if (!existsSync(packages)) writeFileSync(packages, text)
  const line = `Copyright (c) ${new Date().getFullYear()} ${owner}`
  writeFileSync(
    license,
    text.replace(/^Copyright .*$/m, () => line),
  )
}

// Secrets go in there, and the first one is there at once.
function writeEnvironment(root: string): void {
  const file = join(root, '.env')
  if (!existsSync(file)) {
    const example = readFileSync(join(root, '.env.example'), 'utf8')
    const secret = `SESSION_SECRET=${randomBytes(32).toString('hex')}`
    writeFileSync(file, example.replace(/^# *SESSION_SECRET=.*$/m, secret), { mode: 0o600 })
  }
  chmodSync(file, 0o600)
}

/** Where updates come from, and what this project has of it. */
function templateOf(root: string, { repository, version }: Manifest): Template {
  const address =
    (typeof repository === 'object' ? repository.url : repository) ?? git(root, 'remote', 'get-url', 'origin')
  return {
    repository: withoutPassword(address ?? ''),
    commit: git(root, 'rev-parse', 'HEAD') ?? `v${version}`,
  }
}

function beginHistory(root: string, title: string): void {
  rmSync(join(root, '.git'), { recursive: true, force: true })
  git(root, 'init', '--quiet')
  git(root, 'add', '-A')
  if (git(root, 'commit', '--quiet', '-m', `Begin ${title}`) === undefined)
    console.error('git does not know who you are yet: everything is staged, and waits for your first commit.')
}

function git(root: string, ...args: string[]): string | undefined {
  try {
    const output = execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return output.trim()
  } catch {
    return undefined // no git, no repository, or nothing that it came from
  }
}

function edit(root: string, name: string, change: (text: string) => string): void {
  const file = join(root, name)
  if (existsSync(file)) writeFileSync(file, change(readFileSync(file, 'utf8')))
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}
