import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, parseDocument } from 'yaml'

/** What the template owns in a project that was made from it; everything else is the project's. */
const OURS = ['packages', 'CHANGELOG.md']
/** Files that both write in: of these, values that the project has not changed follow the template. */
const WORKSPACE = 'pnpm-workspace.yaml'
const MANIFEST = 'package.json'

/** Where a project came from, as `init:app` writes it into `package.json`. */
export interface Template {
  /** Address of the template's git repository. */
  repository: string
  /** The commit that the project's `packages/` has. */
  commit: string
}

export interface Update {
  from: string
  to: string
  /** What the changelog says about the time between, newest first; empty when nothing was written. */
  changelog: string
  /** Settings that both sides changed, and that stayed as the project has them. */
  kept: string[]
  /** Files in `packages/` that both sides changed in the same place: they hold git's conflict marks. */
  conflicts: string[]
}

/** The project can't be updated. The message says what to do. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError'
}

/**
 * Brings the template's `packages/` into a project, three-way: what the project changed in there is kept where git can
 * merge it. Nothing is committed, so that `git diff --cached` shows the update and `git reset --hard` undoes it.
 *
 * @param root the project's folder, a git repository without uncommitted changes
 * @param ref a tag, branch or commit of the template; default: its newest commit
 * @returns undefined when there is nothing new
 * @throws {UpdateError}
 */
export function update(root: string, ref = 'HEAD'): Update | undefined {
  const git = (...args: string[]) => run(root, args)
  const template = readTemplate(root)
  if (git('status', '--porcelain', '--untracked-files=no') !== '') {
    throw new UpdateError(
      'There are uncommitted changes. Commit or stash them, so that an update can be undone.',
    )
  }
  const target = fetched(root, template.repository, ref)
  const base = hasCommit(root, template.commit)
    ? template.commit
    : fetched(root, template.repository, template.commit)
  if (git('rev-parse', base) === target) return undefined

  const patch = run(root, ['diff', '--binary', '--full-index', base, target, '--', ...OURS])
  const conflicts = patch === '' ? [] : applyPatch(root, `${patch}\n`)
  const at = (commit: string, path: string) => readAt(root, commit, path)
  const kept = [...mergeWorkspace(root, at, base, target), ...mergeManifest(root, at, base, target)]
  git('add', WORKSPACE, MANIFEST)
  return {
    from: base,
    to: target,
    changelog: changelogBetween(at(base, 'CHANGELOG.md'), at(target, 'CHANGELOG.md')),
    kept,
    conflicts,
  }
}

/** The sections of a changelog (headings of the second level) that an older one has not. */
export function changelogBetween(older: string, newer: string): string {
  const known = new Set(headingsOf(older))
  return newer
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith('## ') && !known.has(section.split('\n', 1)[0] ?? ''))
    .join('')
    .trim()
}

const headingsOf = (text: string): string[] => text.match(/^## .*$/gm) ?? []

function readTemplate(root: string): Template {
  const { template } = readManifest(readFileSync(join(root, MANIFEST), 'utf8'))
  if (typeof template === 'object' && template !== null && 'repository' in template && 'commit' in template) {
    return { repository: String(template.repository), commit: String(template.commit) }
  }
  throw new UpdateError(
    'package.json does not say which template this project came from. Add "template": ' +
      '{ "repository": "https://…", "commit": "…" } with the commit that packages/ was taken from.',
  )
}

function fetched(root: string, repository: string, ref: string): string {
  try {
    run(root, ['fetch', '--quiet', '--no-tags', repository, ref])
    return run(root, ['rev-parse', 'FETCH_HEAD^{commit}'])
  } catch (error) {
    throw new UpdateError(`${ref} of ${withoutPassword(repository)} can't be fetched: ${reasonOf(error)}`)
  }
}

/** @returns the files that both sides changed in the same place */
function applyPatch(root: string, patch: string): string[] {
  const args = ['apply', '--3way', '--index', '--whitespace=nowarn', '-']
  try {
    execFileSync('git', args, { cwd: root, input: patch, stdio: 'pipe' })
    return []
  } catch (error) {
    const conflicts = run(root, ['diff', '--name-only', '--diff-filter=U']).split('\n').filter(Boolean)
    if (conflicts.length > 0) return conflicts
    throw new UpdateError(`The update can't be applied, and nothing was changed: ${reasonOf(error)}`)
  }
}

type ReadAt = (commit: string, path: string) => string
type Flat = Record<string, unknown>

function mergeWorkspace(root: string, at: ReadAt, base: string, target: string): string[] {
  const path = join(root, WORKSPACE)
  const mine = parseDocument(readFileSync(path, 'utf8'))
  const old: Flat = parseDocument(at(base, WORKSPACE)).toJS() ?? {}
  const wanted: Flat = parseDocument(at(target, WORKSPACE)).toJS() ?? {}
  const kept: string[] = []
  for (const [section, values] of Object.entries(wanted)) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) continue
    if (mine.has(section) && !isMap(mine.get(section))) continue
    const held: Flat = (mine.toJS() as Record<string, Flat | undefined>)[section] ?? {}
    for (const [name, value] of changesBetween(old[section], values)) {
      if (follows(held, old[section], name)) mine.setIn([section, name], value)
      else if (held[name] !== value) kept.push(`${WORKSPACE}: ${section}.${name}`)
    }
  }
  writeFileSync(path, mine.toString({ lineWidth: 0 }))
  return kept
}

function mergeManifest(root: string, at: ReadAt, base: string, target: string): string[] {
  const path = join(root, MANIFEST)
  const mine = readManifest(readFileSync(path, 'utf8'))
  const [old, wanted] = [readManifest(at(base, MANIFEST)), readManifest(at(target, MANIFEST))]
  const kept: string[] = []
  for (const section of ['scripts', 'devDependencies']) {
    const held = { ...(mine[section] as Flat | undefined) }
    for (const [name, value] of changesBetween(old[section], wanted[section])) {
      if (follows(held, old[section], name)) held[name] = value
      else if (held[name] !== value) kept.push(`${MANIFEST}: ${section}.${name}`)
    }
    mine[section] = held
  }
  mine['template'] = { ...(mine['template'] as Flat), commit: target }
  writeFileSync(path, `${JSON.stringify(mine, null, 2)}\n`)
  return kept
}

// What the template changed or added. What it took away stays: the project may use it.
function changesBetween(old: unknown, wanted: unknown): [string, unknown][] {
  const before: Flat = { ...(old as Flat | undefined) }
  return Object.entries({ ...(wanted as Flat | undefined) }).filter(([name, value]) => before[name] !== value)
}

// Whether the project still has the template's own value, or none.
function follows(held: Flat, old: unknown, name: string): boolean {
  return !(name in held) || held[name] === { ...(old as Flat | undefined) }[name]
}

function readManifest(text: string): Flat {
  return JSON.parse(text || '{}') as Flat
}

function readAt(root: string, commit: string, path: string): string {
  try {
    return run(root, ['show', `${commit}:${path}`])
  } catch {
    return '' // there was none
  }
}

function hasCommit(root: string, commit: string): boolean {
  try {
    run(root, ['cat-file', '-e', `${commit}^{commit}`])
    return true
  } catch {
    return false
  }
}

function run(root: string, args: string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  }).replace(/\n$/, '')
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return withoutPassword(text.trim().split('\n').at(-1) ?? 'git gave no reason')
}

const withoutPassword = (text: string): string => text.replace(/\/\/[^/@\s]*@/g, '//')
