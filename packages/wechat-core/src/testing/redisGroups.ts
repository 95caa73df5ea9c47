import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './freePort.ts'
import { startRedisProcess, type RedisProcess } from './redisProcess.ts'
import { findProgram } from './redisServer.ts'

/** Several real Redis processes that belong together. */
export interface RedisGroup {
  /** For `openStore`. */
  readonly url: string
  /** Those that hold data; at the start the primaries come first. */
  readonly servers: RedisProcess[]
  /** Ends it for good. */
  close(): Promise<void>
}

export interface SentinelGroup extends RedisGroup {
  readonly sentinels: RedisProcess[]
}

/** One primary and two replicas, which three Sentinels watch. They notice within half a second that a primary is gone. */
export async function startSentinelGroup(): Promise<SentinelGroup> {
  const house = openHouse()
  try {
    const primary = await house.start([])
    const of = ['--replicaof', '127.0.0.1', String(primary.port)]
    const servers = [primary, await house.start(of), await house.start(of)]
    for (const replica of servers.slice(1)) await until(replica, 'ROLE', /\bconnected\b/)
    const sentinels = []
    for (let i = 0; i < 3; i++) sentinels.push(await house.startSentinel(primary.port))
    for (const sentinel of sentinels) {
      await until(
        sentinel,
        'SENTINEL MASTER site',
        /num-slaves\r\n\$1\r\n2\r\n\$19\r\nnum-other-sentinels\r\n\$1\r\n2/,
      )
    }
    const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')
    return { url: `redis+sentinel://${hosts}?name=site`, servers, sentinels, close: house.close }
  } catch (error) {
    await house.close()
    throw error
  }
}

/** A cluster of three primaries with a replica each. It notices within half a second that a primary is gone. */
export async function startRedisCluster(): Promise<RedisGroup> {
  const house = openHouse()
  try {
    const servers = []
    for (let i = 0; i < 6; i++) {
      servers.push(await house.start(['--cluster-enabled', 'yes', '--cluster-node-timeout', '500']))
    }
    const [first] = servers
    for (const { port } of servers.slice(1)) await first?.tell(`CLUSTER MEET 127.0.0.1 ${port}`)
    const primaries = servers.slice(0, 3)
    const ranges = ['0 5460', '5461 10922', '10923 16383']
    for (const [i, primary] of primaries.entries()) {
      await primary.tell(`CLUSTER ADDSLOTSRANGE ${ranges[i]}`)
      const id = /[0-9a-f]{40}/.exec(await primary.tell('CLUSTER MYID'))?.[0]
      const replica = servers[i + 3]
      if (replica) await until(replica, `CLUSTER REPLICATE ${id}`, /^\+OK/)
    }
    for (const server of servers)
      await until(server, 'CLUSTER INFO', /cluster_state:ok[^]*cluster_known_nodes:6/)
    for (const replica of servers.slice(3)) await until(replica, 'ROLE', /\bconnected\b/)
    const hosts = primaries.map(({ port }) => `127.0.0.1:${port}`).join(',')
    return { url: `redis+cluster://${hosts}`, servers, close: house.close }
  } catch (error) {
    await house.close()
    throw error
  }
}

function openHouse() {
  findProgram()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const all: RedisProcess[] = []
  const started = async (port: number, args: string[]): Promise<RedisProcess> => {
    const process = await startRedisProcess(port, args)
    all.push(process)
    return process
  }
  return {
    async start(more: string[]) {
      const port = await clusterPort()
      const files = ['--dir', folder, '--dbfilename', `${port}.rdb`, '--cluster-config-file', `${port}.conf`]
      const place = [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--repl-diskless-sync-delay',
        '0',
      ]
      return started(port, [...place, ...files, ...more])
    },
    async startSentinel(primary: number) {
      const port = await freePort()
      const file = join(folder, `${port}-sentinel.conf`)
      writeFileSync(
        file,
        `port ${port}
bind 127.0.0.1
dir ${folder}
sentinel monitor site 127.0.0.1 ${primary} 2
sentinel down-after-milliseconds site 500
sentinel failover-timeout site 3000
`,
      )
      return started(port, [file, '--sentinel'])
    },
    async close() {
      await Promise.all(all.map((process) => process.kill()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// A node of a cluster also listens 10,000 ports higher.
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port <= 55_535) return port
  }
}

async function until(process: RedisProcess, question: string, answer: RegExp): Promise<void> {
  const startedAt = performance.now()
  for (;;) {
    const said = await process.tell(question)
    if (answer.test(said)) return
    if (performance.now() - startedAt > 30_000)
      throw new Error(`"${question}" on port ${process.port}: ${said}`)
    await sleep(50)
  }
}
