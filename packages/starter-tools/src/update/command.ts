import { spawnSync } from 'node:child_process'
import { UpdateError } from './git.ts'
import { update, type Update } from './update.ts'

/**
 * `pnpm wechat update [tag]`: brings the template's newest packages into this project, tells what has changed, and
 * checks the whole.
 *
 * @returns the status to end with
 */
export function updateCommand(root: string, ref?: string, runPnpm = pnpmIn(root)): number {
  let done: Update | undefined
  try {
    done = update(root, ref)
  } catch (error) {
    if (!(error instanceof UpdateError)) throw error
    console.error(`\n${error.message}\n`)
    return 1
  }
  if (!done) {
    console.log('Nothing is newer than what this project has.')
    return 0
  }
  console.log(told(done))
  if (done.conflicts.length > 0) return 1
  const status = runPnpm('install', '--no-frozen-lockfile') || runPnpm('run', 'check')
  console.log(
    status === 0
      ? '\nThe update passes the check. See it with "git diff --cached", keep it with "git commit -a".\n'
      : '\nThe update does not pass the check yet: mend what is told above. "git reset --hard" undoes the update.\n',
  )
  return status
}

function told({ from, to, changelog, kept, conflicts }: Update): string {
  const parts = [`From ${from.slice(0, 7)} to ${to.slice(0, 7)}.`]
  if (changelog) parts.push(changelog)
  if (kept.length > 0) parts.push(`Changed by you and by the template, left as you have it:\n${list(kept)}`)
  if (conflicts.length > 0)
    parts.push(
      `Changed by you and by the template in the same lines; mend them, then run "pnpm check":\n${list(conflicts)}`,
    )
  return `\n${parts.join('\n\n')}\n`
}

const list = (lines: string[]): string => lines.map((line) => `  ${line}`).join('\n')

// The pnpm that runs this command, which need not be on the path.
function pnpmIn(root: string) {
  const given = process.env['npm_execpath'] ?? 'pnpm'
  const isScript = /\.[cm]?js$/.test(given)
  return (...args: string[]): number => {
    const [command, first] = isScript ? [process.execPath, [given]] : [given, []]
    return spawnSync(command, [...first, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1
  }
}
