import { execFileSync } from 'node:child_process'

/** The project can't be updated. The message says what to do. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError'
}

/** Reads a file as it was in a commit; empty when there was none. */
export type ReadAt = (path: string, commit: string) => string

/** What git prints, without the last line's end. @throws {Error} with what git said */
export function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  }).replace(/\n$/, '')
}

/** @returns the whole id of what was fetched @throws {UpdateError} */
export function fetched(root: string, repository: string, ref: string): string {
  try {
    git(root, 'fetch', '--quiet', '--no-tags', repository, ref)
    return git(root, 'rev-parse', 'FETCH_HEAD^{commit}')
  } catch (error) {
    throw new UpdateError(`${ref} of ${withoutPassword(repository)} cannot be fetched: ${reasonOf(error)}`)
  }
}

export function hasCommit(root: string, commit: string): boolean {
  try {
    git(root, 'cat-file', '-e', `${commit}^{commit}`)
    return true
  } catch {
    return false
  }
}

export function readAt(root: string): ReadAt {
  return (path, commit) => {
    try {
      return git(root, 'show', `${commit}:${path}`)
    } catch {
      return '' // there was none
    }
  }
}

/**
 * Applies a patch to the files and to what will be committed.
 *
 * @returns the files that both sides changed in the same place
 * @throws {UpdateError} it can't be applied, and nothing was changed
 */
export function applyPatch(root: string, patch: string): string[] {
  const args = ['apply', '--3way', '--index', '--whitespace=nowarn', '-']
  try {
    execFileSync('git', args, { cwd: root, input: patch, stdio: 'pipe' })
    return []
  } catch (error) {
    const conflicts = git(root, 'diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean)
    if (conflicts.length > 0) return conflicts
    throw new UpdateError(`The update cannot be applied, and nothing was changed: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return withoutPassword(text.trim().split('\n').at(-1) ?? 'git gave no reason')
}

/** An address as it may be shown and kept. */
export const withoutPassword = (text: string): string => text.replace(/\/\/[^/@\s]*@/g, '//')
