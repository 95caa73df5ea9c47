import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const isWindows = process.platform === 'win32'

const NAMES = [
  'chromium',
  'chromium-browser',
  'chromium-headless-shell',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
]
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

// Nothing but the phone: no traffic of its own, no questions, no windows.
const FLAGS = [
  '--headless=new',
  '--remote-debugging-pipe', // nobody speaks through it: Chromium ends when it closes, and so with the sandbox
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1280,900',
  '--lang=zh-CN',
  '--accept-lang=zh-CN,zh',
]

/** A browser without a window that shows one phone. */
export interface Headless {
  /** Aborted when the browser has ended. */
  readonly ended: AbortSignal
  /** What it said last, where it has ended by itself. */
  lastWords(): string
  /** Resolves when it has ended. */
  close(): Promise<void>
}

/**
 * The Chromium of this machine: what `CHROMIUM_PATH` names, else the first one that is found where browsers are.
 * `CHROMIUM_PATH=none` is none at all.
 */
export function findBrowser(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') return named === 'none' ? undefined : named
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE].find(canRun)
}

/** Starts it with a profile of its own, and thus with cookies of its own; both are gone when it ends. */
export function startHeadless(browser: string, address: string): Headless {
  const profile = mkdtempSync(join(tmpdir(), 'wechat-phone-'))
  // As root Chromium refuses to run in its own sandbox.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(browser, [...FLAGS, ...asRoot, `--user-data-dir=${profile}`, address], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: !isWindows, // a group of its own, which can be ended as a whole
  })
  const ended = new AbortController()
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-500)))
  // Its pipes break when it is ended.
  for (const pipe of child.stdio) pipe?.on('error', () => undefined)
  const clear = () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  // Where the sandbox itself ends there is no time to wait for it.
  const atExit = () => {
    killAll(child)
    clear()
  }
  process.once('exit', atExit)
  const end = (words = '') => {
    if (words) said = words
    process.off('exit', atExit)
    clear()
    ended.abort()
  }
  child.once('error', (error) => end(error.message))
  child.once('close', () => end())
  return {
    ended: ended.signal,
    lastWords: () => said.trim().split('\n').at(-1) ?? '',
    close: () => endProcess(child),
  }
}

function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  child.kill()
  // One that hangs is not asked again.
  const timer = setTimeout(() => killAll(child), 3000)
  timer.unref()
  return new Promise((done) => {
    child.once('close', () => {
      clearTimeout(timer)
      done()
    })
  })
}

// With the processes that it has started.
function killAll(child: ChildProcess): void {
  try {
    if (child.pid === undefined || isWindows) child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
