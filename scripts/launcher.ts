// npx passes no signal on: whoever ends it leaves what it started behind, with its ports taken.
import { existsSync, readFileSync } from 'node:fs'

const LOOK_EVERY = 1000 // milliseconds

/** Calls `stop` once the npx or pnpm that started this process is gone. Linux only: elsewhere nothing is watched. */
export function whenLauncherEnds(stop: () => void): void {
  const launchers = ancestors().filter(({ command }) => /^(npm exec|npx|pnpm)\b/.test(command))
  if (launchers.length === 0) return
  const timer = setInterval(() => {
    if (launchers.every(({ pid }) => existsSync(`/proc/${pid}`))) return
    clearInterval(timer)
    stop()
  }, LOOK_EVERY)
  timer.unref()
}

function ancestors(): { pid: string; command: string }[] {
  const found = []
  try {
    for (let pid = String(process.ppid); pid !== '0' && pid !== '1';) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      found.push({ pid, command: command.replace(/^\S*\//, '') })
      pid = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '1'
    }
  } catch {
    // no /proc here
  }
  return found
}
