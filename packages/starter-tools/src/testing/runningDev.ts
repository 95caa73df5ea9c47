// `pnpm dev` as a person starts it, for tests.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ENV_NAMES } from '@app/server/env'
import { root as thisProject } from '../root.ts'

export interface RunningDev {
  /** What it has printed so far. */
  output(): string
  /** Waits until it has printed this. @throws {Error} when it ends before, or takes too long */
  printed(words: string | RegExp): Promise<void>
  stop(): Promise<void>
}

export interface DevOptions {
  /** The folder of the project. Default: this one. */
  root?: string
  env?: Record<string, string>
  flags?: string[]
  /** What it prints when it is up. */
  until?: string | RegExp
}

const PATIENCE = 40_000 // milliseconds

/** Starts it, and waits until it is ready. @throws {Error} with what it printed, when it does not start */
export async function startDev(options: DevOptions = {}): Promise<RunningDev> {
  const { root = thisProject, env = {}, flags = [], until = 'ready in' } = options
  const child = spawn(process.execPath, ['packages/starter-tools/src/dev/dev.js', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Set but empty, so that a developer's .env does not fill them in.
    env: { PATH: process.env['PATH'], ...Object.fromEntries(ENV_NAMES.map((name) => [name, ''])), ...env },
  })
  const running = follow(child)
  try {
    await running.printed(until)
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

function follow(child: ChildProcess): RunningDev {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    output: () => output,
    async printed(words) {
      const end = Date.now() + PATIENCE
      while (!(typeof words === 'string' ? output.includes(words) : words.test(output))) {
        if (child.exitCode !== null) throw new Error(`it ended:\n${output}`)
        if (Date.now() > end) throw new Error(`it never printed ${words}:\n${output}`)
        await sleep(50)
      }
    },
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

const NOT_COPIED = /[\\/](\.pnpm|\.vite|\.git|\.turbo|\.env|dist|data|test-results)$/

/** Copies the project, so that a test can break or plant something in it. What is installed is shared. */
export function copyProject(to: string): void {
  const from = thisProject
  const filter = (path: string) => !NOT_COPIED.test(path.slice(from.length))
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter })
  symlinkSync(join(from, 'node_modules/.pnpm'), join(to, 'node_modules/.pnpm'))
}
