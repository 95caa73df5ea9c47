// The guide to a server is followed command by command, as it is printed, on a machine that is thrown away.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installOnDebian } from 'wechat-core/testing'

const root = join(import.meta.dirname, '../..')
const PACKAGES = [
  'caddy',
  'curl',
  'iproute2',
  'nginx',
  'postgresql',
  'redis-server',
  'rsync',
  'sudo',
  'xz-utils',
]
const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: root, encoding: 'utf8' })

it.skipIf(process.platform !== 'linux')(
  'docs/deploying.md leads to a site behind nginx and behind Caddy, which is released, restored and moved',
  { timeout: 600_000 },
  () => {
    if (run('dpkg-query', '--show', ...PACKAGES).status !== 0)
      installOnDebian(PACKAGES, 'The walk through the guide')
    const built = run('npx', '-y', 'pnpm@12', 'build')
    expect(built.status, built.stdout + built.stderr).toBe(0)
    const namespaces = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child']
    const walk = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'guide/walk.ts')]
    // Only root mounts and makes users. What it changes lies in memory, and is gone with it.
    const asRoot = process.getuid?.() === 0 ? ['env'] : ['sudo', '-n']
    const [command = '', ...args] = [...asRoot, 'unshare', ...namespaces, process.execPath, ...walk]
    const { stdout, stderr } = run(command, ...args)
    expect(stdout + stderr).toMatch(/^walked$/m)
  },
)
