import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

// The project's own: what a sign-up is, it decides.
const PROGRAM = 'apps/server/src/articles/signup/printSignups.ts'

/** Says who signed up for an article. @returns the exit code */
export function signupsCommand(root: string, args: string[]): number {
  const program = join(root, PROGRAM)
  if (!existsSync(program)) {
    console.error('This project has no sign-ups: they are a part of the articles, which it does without.')
    return 1
  }
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...args],
    {
      stdio: 'inherit',
      cwd: root,
    },
  )
  return status ?? 1
}
