import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installOnDebian, type Machine } from './debianPackage.ts'
import { freePort } from './freePort.ts'
import { startRedisProcess, type RedisProcess } from './redisProcess.ts'

export interface RedisServer extends RedisProcess {
  readonly url: string
  /** Ends it for good. */
  close(): Promise<void>
}

/**
 * A real Redis on a free port of this machine, for tests. Its data stays on disk while it is stopped.
 *
 * @throws {Error} none can be had; the message says what to install
 */
export async function startRedisServer(): Promise<RedisServer> {
  findProgram()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const port = await freePort()
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const server = await startRedisProcess(port, [...place, '--appendonly', 'yes', '--save', ''])
  return {
    ...server,
    url: `redis://127.0.0.1:${port}`,
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The program's name, once it can be run: an installed one, else Debian's package where tests may install it. */
export function findProgram(machine?: Machine, runs = hasRedis): string {
  if (runs()) return 'redis-server'
  if (installOnDebian(['redis-server'], 'The tests of the stores', machine) && runs()) return 'redis-server'
  throw new Error(
    'These tests need redis-server. Install it (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis).',
  )
}

const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0
