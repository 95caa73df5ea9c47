// The development server in its own process: it starts again when a file is saved, and how it is doing is told.
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../root.ts'
import type { ServerState } from '../vite/serverState.ts'

export interface WatchedServerOptions {
  /** Arguments of `node --watch`, the server's file first. */
  args: string[]
  env: Record<string, string | undefined>
  /** Answers 200 once the server is up. */
  healthUrl: string
  onState: (state: ServerState) => void
}

const LOOK_EVERY = 50 // milliseconds
const SHOWN_LINES = 16
const KEPT = 20_000 // characters

/** Starts it. What it prints is passed on. */
export function watchedServer({ args, env, healthUrl, onState }: WatchedServerOptions): ChildProcess {
  const child = spawn(process.execPath, ['--watch', '--watch-preserve-output', ...args], {
    cwd: root,
    env: process.stdout.isTTY && !env['NO_COLOR'] ? { ...env, FORCE_COLOR: '1' } : env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  let starts = 0

  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk)
    errors = (errors + chunk.toString()).slice(0, KEPT)
  })
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk)
    // The words of `node --watch`; what it runs can say nothing any more when it has ended.
    const text = chunk.toString()
    if (text.includes('Restarting ')) void starting()
    if (/(Failed|Completed) running .* Waiting for file changes/.test(text)) void ended()
  })
  void starting()
  return child

  async function starting(): Promise<void> {
    const own = ++starts
    errors = ''
    onState('starting')
    if (own > 1) await sleep(200) // the one that goes away still answers
    while (own === starts && child.exitCode === null) {
      if (await isUp(healthUrl)) return void (own === starts && onState('running'))
      await sleep(LOOK_EVERY)
    }
  }

  async function ended(): Promise<void> {
    const own = ++starts
    await sleep(100) // its last words come another way
    if (own === starts) onState({ crashed: firstLines(errors) })
  }
}

async function isUp(address: string): Promise<boolean> {
  const response = await fetch(address).catch(() => undefined)
  return response?.ok ?? false
}

/** What a person reads first: the place, the line, the reason. Calls inside Node.js and packages are left out. */
function firstLines(errors: string): string {
  const lines = stripVTControlCharacters(errors)
    .replaceAll('\r', '')
    .replaceAll(new URL(`file://${root}/`).href, '')
    .replaceAll(`${root}/`, '')
    .split('\n')
    .filter((line) => !/^\s+at .*(node:|node_modules)/.test(line))
  return lines.slice(0, SHOWN_LINES).join('\n').trim() || 'It said nothing.'
}
