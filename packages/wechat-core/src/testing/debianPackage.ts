import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What decides whether a test may install something, and how it does. */
export interface Machine {
  isDebian: boolean
  isRoot: boolean
  say(line: string): void
  aptGet(...args: string[]): void
}

/**
 * Installs packages of Debian's, where tests may: on Debian (and what comes from it), as root. That is a container or a
 * machine of CI; elsewhere the machine is somebody's own. Says before what is installed and why.
 *
 * @param why what needs them, as the start of a sentence: `The tests of the store`
 * @returns whether it was tried
 */
export function installOnDebian(packages: string[], why: string, machine = thisMachine()): boolean {
  if (!machine.isDebian || !machine.isRoot) return false
  machine.say(
    `${why} need ${packages.join(' and ')}: installing with apt-get, since this is Debian and root…`,
  )
  machine.aptGet('update')
  machine.aptGet('install', '--yes', '--no-install-recommends', ...packages)
  return true
}

function thisMachine(): Machine {
  return {
    isDebian: existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
    isRoot: process.getuid?.() === 0,
    say: (line) => void process.stderr.write(`${line}\n`),
    // Two packages may be tested at the same time: one waits for the other.
    aptGet: (...args) =>
      void spawnSync('flock', [join(tmpdir(), 'apt-get.lock'), 'apt-get', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }),
  }
}
