import { git } from './git.ts'

// What a project has of its own from the start, and what is merged line by line (settings.ts).
const THEIRS = /^(README.*|LICENSE|package\.json|pnpm-workspace\.yaml|pnpm-lock\.yaml|CHANGELOG\.md)$/
const FOLDERS = ['.github', '.vscode', 'deploy']

/**
 * Lets the files beside `apps/` and `packages/` follow the template, where the project has not touched them: settings of
 * the compiler, of lint, of turbo and of the editor. One that the project took away stays away.
 *
 * @returns those that the template changed and that stayed, since the project changed them as well
 */
export function followRootFiles(root: string, base: string, target: string): string[] {
  const [old, wanted, mine] = [base, target, 'HEAD'].map((commit) => filesOf(root, commit))
  if (!old || !wanted || !mine) return []
  const changed = [...new Set([...old.keys(), ...wanted.keys()])].filter(
    (path) => !THEIRS.test(path) && old.get(path) !== wanted.get(path) && mine.get(path) !== wanted.get(path),
  )
  const isTheirs = (path: string) => mine.get(path) !== old.get(path)
  for (const path of changed.filter((path) => !isTheirs(path))) {
    if (wanted.has(path)) git(root, 'restore', '--source', target, '--staged', '--worktree', '--', path)
    else git(root, 'rm', '--quiet', '--', path)
  }
  return changed.filter((path) => isTheirs(path) && mine.has(path))
}

/** Paths and what is in them, as git names it. */
function filesOf(root: string, commit: string): Map<string, string> {
  const lists = [
    git(root, 'ls-tree', commit),
    git(root, 'ls-tree', '-r', commit, '--', ...FOLDERS.map((folder) => `${folder}/`)),
  ]
  const rows = lists.flatMap((list) => [...list.matchAll(/^\d+ blob (\w+)\t(.+)$/gm)])
  return new Map(rows.map(([, id = '', path = '']) => [path, id]))
}
