// The packages as a stranger gets them: packed, and installed by npm in a folder that knows nothing of the workspace.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const FEW_RETRIES = { npm_config_fetch_retries: '1', npm_config_fetch_timeout: '30000' }
const options = (cwd: string) => ({
  cwd,
  shell: isWindows,
  timeout: 240_000,
  env: { ...process.env, ...FEW_RETRIES },
})
const isWindows = process.platform === 'win32'
const packages = join(import.meta.dirname, '../../packages')

export interface EmptyFolder {
  path: string
  /** The command of an installed package. */
  bin(name: string): string
  write(name: string, text: string): void
  /** @throws {Error} with all that npm said; where no registry can be reached, it says that first */
  install(...what: string[]): Promise<void>
  /** Runs a module on the Node.js that is installed there, or else on this one. Gives what it printed. */
  node(file: string, env?: NodeJS.ProcessEnv): Promise<string>
  remove(): void
}

/** Builds and packs them, with the pnpm that runs this, if one does. Gives the paths of the tarballs. */
export async function pack(names: readonly string[], to: string): Promise<string[]> {
  const running = process.env['npm_execpath'] ?? ''
  const [command, ...args] = running.includes('pnpm') ? [running] : ['npx', '-y', 'pnpm@12']
  for (const name of names)
    await tell(run(command, [...args, 'pack', '--pack-destination', to], options(join(packages, name))))
  return readdirSync(to)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(to, name))
}

export function emptyFolder(): EmptyFolder {
  const path = mkdtempSync(join(tmpdir(), 'packed-'))
  const folder: EmptyFolder = {
    path,
    bin: (name) => join(path, 'node_modules/.bin', isWindows ? `${name}.cmd` : name),
    write: (name, text) => writeFileSync(join(path, name), text),
    async install(...what) {
      const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
      await tell(run('npm', ['install', ...quiet, ...what], options(path)))
    },
    async node(file, env = {}) {
      const node = existsSync(folder.bin('node')) ? folder.bin('node') : process.execPath
      const { stdout } = await tell(run(node, [file], { ...options(path), env: { ...process.env, ...env } }))
      return stdout
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  folder.write('package.json', JSON.stringify({ private: true, type: 'module' }))
  return folder
}

/** The examples of a package's README in that language, in their order. */
export function examplesOf(name: string, language: string): string[] {
  const readme = readFileSync(join(packages, name, 'README.md'), 'utf8')
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, code = '']) => code,
  )
}

// A command that was ended because it took too long has printed nothing.
const NO_NETWORK =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH)\b|_CERT|network|SIGTERM/

// What a command printed says more than that it failed.
async function tell<T>(running: Promise<T>): Promise<T> {
  try {
    return await running
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      signal,
    } = error as { stdout?: string; stderr?: string; signal?: string }
    const said = [stdout, stderr, signal ?? String(error)].filter(Boolean).join('\n').trim()
    const why = NO_NETWORK.test(said)
      ? 'No package registry can be reached, and these tests install the packages as a stranger would. Is there a network?\n'
      : ''
    throw new Error(`${why}${said}`, { cause: error })
  }
}
