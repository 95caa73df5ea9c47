import { realpathSync } from 'node:fs'
import { changelogBetween } from './changelog.ts'
import { applyPatch, fetched, git, hasCommit, readAt, UpdateError } from './git.ts'
import { followRootFiles } from './rootFiles.ts'
import { mergeSettings, readManifest } from './settings.ts'

/** What the template owns in a project that was made from it. */
const OURS = ['packages', 'CHANGELOG.md']

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
  /** Files and settings that both sides changed, and that stayed as the project has them. */
  kept: string[]
  /** Files in `packages/` that both sides changed in the same place: they hold git's conflict marks. */
  conflicts: string[]
}

/**
 * Brings the template's `packages/` into a project, three-way: what the project changed in there is kept where git can
 * merge it. Files beside `apps/` and `packages/` follow the template where the project has not touched them. Nothing is
 * committed, so that `git diff --cached` shows the update and `git reset --hard` undoes it.
 *
 * @param root the project's folder, a git repository without uncommitted changes
 * @param ref a tag, branch or commit of the template; default: its newest commit
 * @returns undefined when there is nothing new
 * @throws {UpdateError}
 */
export function update(root: string, ref = 'HEAD'): Update | undefined {
  const template = readTemplate(root)
  demandCleanRepository(root)
  const target = fetched(root, template.repository, ref)
  const base = hasCommit(root, template.commit)
    ? template.commit
    : fetched(root, template.repository, template.commit)
  if (git(root, 'rev-parse', `${base}^{commit}`) === target) return undefined

  const patch = git(root, 'diff', '--binary', '--full-index', base, target, '--', ...OURS)
  const conflicts = patch === '' ? [] : applyPatch(root, `${patch}\n`)
  const at = readAt(root)
  const kept = [...followRootFiles(root, base, target), ...mergeSettings(root, at, base, target)]
  const changelog = changelogBetween(at('CHANGELOG.md', base), at('CHANGELOG.md', target))
  return { from: base, to: target, changelog, kept, conflicts }
}

function readTemplate(root: string): Template {
  const { template } = readManifest(root)
  const { repository, commit } = { ...(template as Partial<Template> | undefined) }
  if (repository && commit) return { repository, commit }
  throw new UpdateError(
    'package.json does not say which template this project came from. Add "template": ' +
      '{ "repository": "https://…", "commit": "…" } with the commit that packages/ was taken from.',
  )
}

function demandCleanRepository(root: string): void {
  if (topOf(root) !== realpathSync(root)) {
    throw new UpdateError(
      'This folder is no git repository of its own. Run "git init" and commit all, so that an update can be undone.',
    )
  }
  if (git(root, 'status', '--porcelain', '--untracked-files=no') !== '') {
    throw new UpdateError(
      'There are uncommitted changes. Commit or stash them, so that an update can be undone.',
    )
  }
}

function topOf(root: string): string | undefined {
  try {
    return realpathSync(git(root, 'rev-parse', '--show-toplevel'))
  } catch {
    return undefined
  }
}
