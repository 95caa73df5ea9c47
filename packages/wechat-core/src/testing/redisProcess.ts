import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One process of Redis, as a test handles it. */
export interface RedisProcess {
  readonly port: number
  /** Starts it again, on the same port with the same settings. */
  start(): Promise<void>
  /** Ends the process; what it has on disk stays. */
  stop(): Promise<void>
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>
  /** Lets it hang: connections stay, and are accepted, but nothing is answered. */
  pause(): void
  /** Lets it go on where it was. */
  resume(): void
  /** Tells it something as an operator does, e.g. `REPLICAOF NO ONE`, and gives its answer. */
  tell(command: string): Promise<string>
}

/** Starts `redis-server` with these arguments, which name that port. */
export async function startRedisProcess(port: number, args: string[]): Promise<RedisProcess> {
  let child: ChildProcess | undefined
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    child.kill('SIGCONT')
    await ended
  }
  const process: RedisProcess = {
    port,
    async start() {
      child = spawn('redis-server', args, { stdio: 'ignore' })
      for (let tries = 0; !(await accepts(port)); tries++) {
        if (tries > 200) throw new Error(`redis-server does not listen on port ${port}`)
        await sleep(25)
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    tell: (command) => tell(port, command),
  }
  await process.start()
  return process
}

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
