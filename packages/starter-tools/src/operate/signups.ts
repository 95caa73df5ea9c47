import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Prints the sign-ups. The project's own: what a sign-up is, it decides. */
export const SIGNUPS_PROGRAM = 'apps/server/src/articles/signup/printSignups.ts'

/** How the command is used. */
export const SIGNUPS = 'signups <slug>               says who signed up for an article, as a list or as CSV'
export const NO_SIGNUPS =
  'This project has no sign-ups: they are a part of the articles, which it does without.'

/** Says who signed up for an article. @returns the exit code */
export function signupsCommand(root: string, args: string[]): number {
  const program = join(root, SIGNUPS_PROGRAM)
  if (!existsSync(program)) {
    console.error(NO_SIGNUPS)
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
