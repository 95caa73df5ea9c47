import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { SIGNUPS_PROGRAM } from '../operate/signups.ts'
import { bundleServer, serverOf } from './bundleServer.ts'

export interface ReleaseOptions {
  /** The folder of the project. */
  project: string
  /** The built web app. */
  web: string
  /** The folder of the release. What else lies in it, such as somebody's .env and data, stays. */
  to: string
}

/** What a release is made of: all that lies in its folder. */
export const PARTS = ['server.js', 'server', 'web', 'content', 'package.json', '.env.example']

/**
 * Puts together a release: one folder that Node.js runs as it is, on any machine, with nothing installed.
 *
 * @throws {Error} the web app is not built, or something that the server imports is missing; the release that was there
 *   stays
 */
export async function buildRelease({ project, web, to }: ReleaseOptions): Promise<void> {
  if (!existsSync(join(web, 'index.html'))) throw new Error(`${web} has no built web app.`)
  mkdirSync(to, { recursive: true })
  const next = mkdtempSync(join(to, '.next-'))
  try {
    const command = join(import.meta.dirname, '../operate/releaseCommand.ts')
    const signups = join(project, SIGNUPS_PROGRAM)
    const entries = { main: serverOf(project), command, ...(existsSync(signups) ? { signups } : {}) }
    await bundleServer(entries, project, join(next, 'server'))
    cpSync(join(import.meta.dirname, 'server.js'), join(next, 'server.js'))
    cpSync(web, join(next, 'web'), { recursive: true })
    keepAssets(join(to, 'web/assets'), join(next, 'web/assets'))
    cpSync(join(project, 'content'), join(next, 'content'), { recursive: true })
    cpSync(join(project, '.env.example'), join(next, '.env.example'))
    writeFileSync(join(next, 'package.json'), manifestOf(project))
    for (const part of PARTS) {
      rmSync(join(to, part), { recursive: true, force: true })
      renameSync(join(next, part), join(to, part))
    }
  } finally {
    rmSync(next, { recursive: true })
  }
}

const KEPT_FOR = 7 * 86_400_000 // milliseconds

/**
 * Takes over what a former release had in its assets, for a week from its build on. Pages that are open ask for parts of the
 * release that they came with; so does every page until the processes of that release are replaced.
 */
export function keepAssets(from: string, to: string, now = Date.now()): void {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const isYoung = now - statSync(join(from, name)).mtimeMs < KEPT_FOR
    if (isYoung && !existsSync(join(to, name)))
      cpSync(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true })
  }
}

// What a host that knows Node.js looks for: which one, and how it is started.
function manifestOf(project: string): string {
  const { name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const manifest = {
    ...{ name, version, private: true, type: 'module' },
    engines: { node: '>=22.13' },
    scripts: { start: 'node server.js' },
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
