// npx passes no signal on, and pnpm not every one: whoever ends them leaves what they started behind, its ports taken.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const LOOK_EVERY = 500 // milliseconds
const LAUNCHER = /^(\S*node\s+)?(\S*[\\/])?(npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?(\.[cm]?js)?(\s|$)/

interface Link {
  pid: number
  parent: number
  command: string
}

/**
 * Calls `stop` once what started this process has ended: npx or pnpm, or a shell between them and this process. Where
 * no launcher is found, as with `node dev.js`, nothing is watched.
 */
export function whenLauncherEnds(stop: () => void): void {
  const watched = chain()
  if (watched.length === 0) return
  const timer = setInterval(() => {
    if (watched.every(isThere)) return
    clearInterval(timer)
    stop()
  }, LOOK_EVERY)
  timer.unref()
}

/** This process and those above it, up to the topmost launcher. */
function chain(): Link[] {
  const found: Link[] = []
  const look = lookup()
  for (let link = look(process.pid); link; link = look(link.parent)) found.push(link)
  const top = found.findLastIndex(({ command }) => LAUNCHER.test(command))
  if (top > 0) return found.slice(0, top + 1)
  // Where processes cannot be listed, a package manager still says that it is there.
  const { pid, ppid } = process
  return found.length === 0 && process.env['npm_execpath'] ? [{ pid, parent: ppid, command: '' }] : []
}

function lookup(): (pid: number) => Link | undefined {
  if (linkOfProc(process.pid)) return linkOfProc
  let listed = ''
  try {
    listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    // Windows has no ps
  }
  const links = new Map(
    [...listed.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(([, pid, parent, command = '']) => [
      Number(pid),
      { pid: Number(pid), parent: Number(parent), command },
    ]),
  )
  return (pid) => links.get(pid)
}

function linkOfProc(pid: number): Link | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return { pid, parent: Number(parent), command }
  } catch {
    return undefined
  }
}

// Who loses its parent gets another one. That tells of a parent that ended but was not buried, too; only where there
// is no /proc, a process that is not this one can but be asked whether it lives.
function isThere({ pid, parent }: Link): boolean {
  if (pid === process.pid) return process.ppid === parent
  const now = linkOfProc(pid)
  if (now) return now.parent === parent
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
