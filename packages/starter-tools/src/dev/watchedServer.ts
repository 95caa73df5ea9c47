// The development server in its own process: it starts again when a file is saved, and how it is doing is told.
// `node --watch` would do it, but it misses saves (docs/decisions/0012): of a file that an editor puts in the place of the
// old one, and of any file until the new process, which may end first, has told of it.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { stripVTControlCharacters, styleText } from 'node:util'
import type { ServerState } from '../vite/serverState.ts'
import { savedFiles } from './savedFiles.ts'

export interface WatchedServerOptions {
  /** The project's folder. The server starts there. */
  root: string
  /** Arguments of `node`. */
  args: string[]
  env: Record<string, string | undefined>
  /** Answers 200 once the server is up. */
  healthUrl: string
  onState: (state: ServerState) => void
  /** Where what it prints goes. Default: where this process prints. */
  print?: (text: string | Buffer, stream: 'stdout' | 'stderr') => void
}

export interface WatchedServer {
  /** Ends it for good. What has to happen at once has happened when this returns; resolves when it is gone. */
  stop(): Promise<void>
}

const SAVED_TOGETHER = 100 // milliseconds: one command may write many files
const LONGEST_END = 3_000 // milliseconds: an endless loop hears no signal
const LOOK_EVERY = 50 // milliseconds
const SHOWN_LINES = 16
const KEPT = 20_000 // characters

/** Starts it, and starts it again whenever a file that it has loaded is saved. What it prints is passed on. */
export function watchedServer(options: WatchedServerOptions): WatchedServer {
  const { root, args, env, healthUrl, onState } = options
  const { print = (text, stream) => void process[stream].write(text) } = options
  const saved = savedFiles(onSave)
  const tellModules = pathToFileURL(join(import.meta.dirname, 'tellModules.ts')).href
  let child: ChildProcess
  let turn = 0 // of whom what is under way belongs to
  let timer: NodeJS.Timeout | undefined
  start()
  return {
    stop() {
      turn++
      clearTimeout(timer)
      saved.close()
      return end(child)
    },
  }

  function start(): void {
    const own = ++turn
    const startedAt = Date.now()
    let errors = ''
    saved.lookAgain()
    child = spawn(process.execPath, ['--import', tellModules, ...args], {
      cwd: root,
      env: process.stdout.isTTY && !env['NO_COLOR'] ? { ...env, FORCE_COLOR: '1' } : env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    child.stdout?.on('data', (chunk: Buffer) => print(chunk, 'stdout'))
    child.stderr?.on('data', (chunk: Buffer) => {
      print(chunk, 'stderr')
      errors = (errors + chunk.toString()).slice(0, KEPT)
    })
    const names = child.stdio[3]
    if (names instanceof Readable)
      createInterface({ input: names }).on(
        'line',
        (url) => own === turn && saved.add(fileURLToPath(url), startedAt),
      )
    // Only now it has said its last words.
    child.on('close', (code) => {
      if (own !== turn) return
      turn++
      const how = code === 0 ? 'Completed' : 'Failed'
      say(
        code === 0 ? 'blue' : 'red',
        `${how} running the server. Waiting for file changes before restarting...`,
      )
      onState({ crashed: firstLines(errors, root) })
    })
    onState('starting')
    void tellWhenUp(own)
  }

  async function tellWhenUp(own: number): Promise<void> {
    while (own === turn) {
      if (await isUp(healthUrl)) return void (own === turn && onState('running'))
      await sleep(LOOK_EVERY)
    }
  }

  // Whoever asks from now on waits for the server that knows of the file.
  function onSave(file: string): void {
    const own = ++turn
    onState('starting')
    clearTimeout(timer)
    timer = setTimeout(() => void restart(own, file), SAVED_TOGETHER)
  }

  async function restart(own: number, file: string): Promise<void> {
    say('blue', `Change detected in ${relative(root, file)}`)
    say('green', 'Restarting the server')
    await end(child)
    // A file that was saved meanwhile has a restart of its own.
    if (own === turn) start()
  }

  function say(colour: 'blue' | 'green' | 'red', words: string): void {
    print(`${styleText(colour, words)}\n`, 'stdout')
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_END)
  await gone
  clearTimeout(timer)
}

async function isUp(address: string): Promise<boolean> {
  const response = await fetch(address).catch(() => undefined)
  return response?.ok ?? false
}

/** What a person reads first: the place, the line, the reason. Calls inside Node.js and packages are left out. */
function firstLines(errors: string, root: string): string {
  const lines = stripVTControlCharacters(errors)
    .replaceAll('\r', '')
    .replaceAll(new URL(`file://${root}/`).href, '')
    .replaceAll(`${root}/`, '')
    .split('\n')
    .filter((line) => !/^\s+at .*(node:|node_modules)/.test(line))
  return lines.slice(0, SHOWN_LINES).join('\n').trim() || 'It said nothing.'
}
