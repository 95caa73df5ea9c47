import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installOnDebian, type Machine } from './debianPackage.ts'
import { freePort } from './freePort.ts'

export interface RedisServer {
  readonly url: string
  /** Ends the process; the data stays on disk. */
  stop(): Promise<void>
  /** Starts it again, on the same port with the same data. */
  start(): Promise<void>
  /** Lets it hang: connections stay, and are accepted, but nothing is answered. */
  pause(): void
  /** Lets it go on where it was. */
  resume(): void
  /** Tells it something as an operator does, e.g. `REPLICAOF NO ONE`, and gives its answer. */
  tell(command: string): Promise<string>
  /** Ends it for good. */
  close(): Promise<void>
}

/**
 * A real Redis on a free port of this machine, for tests. An installed one, else Debian's package where tests may install it.
 *
 * @throws {Error} none can be had; the message says what to install
 */
export async function startRedisServer(): Promise<RedisServer> {
  const program = findProgram()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const port = await freePort()
  let child: ChildProcess | undefined

  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--dir',
        folder,
        '--appendonly',
        'yes',
        '--save',
        '',
      ]
      child = spawn(program, settings, { stdio: 'ignore' })
      for (let tries = 0; !(await accepts(port)); tries++) {
        if (tries > 100) throw new Error(`${program} does not listen on port ${port}`)
        await sleep(50)
      }
    },
    async stop() {
      if (!child || child.exitCode !== null) return
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    tell: (command) => tell(port, command),
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
  await server.start()
  return server
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

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), done(true)))
    socket.once('error', () => done(false))
  })
}

function tell(port: number, command: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.once('data', (answer) => (socket.destroy(), done(String(answer))))
    socket.once('error', fail)
  })
}
