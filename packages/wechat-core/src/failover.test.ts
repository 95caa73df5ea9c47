// A primary of Redis is killed while several processes sign, and WeChat's credentials change meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type PlatformOptions, type RunningPlatform } from 'wechat-sandbox'
import { openStore } from './stores/openStore.ts'
import {
  startRedisCluster,
  startSentinelGroup,
  startWorker,
  type RedisGroup,
  type RedisProcess,
  type Signed,
  type Worker,
  type WorkerSettings,
} from './testing/index.ts'

// More processes, a longer time and shorter pauses show what is rare.
const PROCESSES = Number(process.env['FAILOVER_PROCESSES'] ?? 2)
const SECONDS = Number(process.env['FAILOVER_SECONDS'] ?? 7)
const PAUSE = Number(process.env['FAILOVER_PAUSE'] ?? 40) // milliseconds between two signatures
const LIFE = 20 // seconds of the fast clock that a token lives
const FACTOR = 3 // a new one is fetched every 5 seconds of ours, 1.7 seconds before the old one ends

let platform: RunningPlatform
let group: RedisGroup | undefined
let workers: Worker[]
beforeEach(() => {
  workers = []
})
afterEach(async () => {
  for (const worker of workers) worker.kill()
  await platform.close()
  await group?.close()
  group = undefined
})

describe.each([
  ['Sentinels', startSentinelGroup],
  ['a cluster', startRedisCluster],
] as const)('%s', (_kind, startGroup) => {
  it('a primary is killed under load: every signature is right, and the store is shared again', async () => {
    const clock = { from: Date.now(), factor: FACTOR }
    const now = () => clock.from + (Date.now() - clock.from) * clock.factor
    await startWechat({ now, tokens: { life: LIFE * 1000, ticketsRotate: true } })
    const { url, servers } = (group = await startGroup())
    for (let i = 0; i < PROCESSES; i++) await start(url, { clock })
    await Promise.all(workers.map((worker) => worker.sign(1)))

    const before = asked()
    let signed = 0
    let refused = 0
    const watched = workers.map((worker) =>
      worker.watch(
        SECONDS * 1000,
        (one) => {
          signed++
          if (!isAccepted(one)) refused++
        },
        PAUSE,
      ),
    )
    await new Promise((done) => setTimeout(done, 1_000))
    await (await primaryWithTicket(servers)).kill()
    const failures = (await Promise.all(watched)).flatMap((watch) => watch.failures)
    expect({ failures, refused }).toEqual({ failures: [], refused: 0 })
    expect(signed).toBeGreaterThan(SECONDS * 20)
    expect(asked()[1]).toBeGreaterThan(before[1] ?? 0) // there was another ticket meanwhile

    const store = await openStore(url)
    const write = () => store.set('after', 'it').then(() => store.get('after'), String)
    await expect.poll(write, { timeout: 20_000 }).toBe('it')
    await store.close()
    const [again] = await (await start(url, { clock })).sign(1)
    expect(again && isAccepted(again)).toBe(true)
  }, 120_000)
})

it('a replica that was behind becomes the primary: whoever knows the newer ticket keeps it, others are put right', async () => {
  await startWechat({})
  const { url, servers } = (group = await startSentinelGroup())
  const [fetching, other] = [await start(url), await start(url)]
  await fetching.sign(1)
  await other.sign(1)
  const [primary] = servers
  expect(await primary?.tell('WAIT 2 5000')).toMatch(/:2/)

  // From here on the replicas get nothing any more. Another system takes the token, and WeChat has new ones.
  await primary?.tell('ACL SETUSER default -psync -sync')
  await primary?.tell('CLIENT KILL TYPE replica')
  const older = await ticketIn(url)
  platform.tokens.killAll()
  platform.tokens.killTickets()
  for (const worker of [fetching, other]) {
    expect((await worker.sign(1, { recheck: true })).every(isAccepted)).toBe(true)
  }
  await primary?.kill()
  await expect.poll(() => ticketIn(url).catch(() => ''), { timeout: 20_000, interval: 200 }).toBe(older)

  for (const worker of [fetching, other]) expect((await worker.sign(50)).every(isAccepted)).toBe(true)
  const late = await start(url) // it has the older one from the store, and its first page is refused
  expect((await late.sign(1, { recheck: true })).every(isAccepted)).toBe(true)
}, 120_000)

const ticketKey = () => `wechat:${platform.account.appId}:jsapi_ticket`

async function primaryWithTicket(servers: RedisProcess[]): Promise<RedisProcess> {
  for (const server of servers) if (/^\$\d/.test(await server.tell(`GET ${ticketKey()}`))) return server
  throw new Error('no server has the ticket')
}

/** The ticket that the store has now. */
async function ticketIn(url: string): Promise<string | undefined> {
  const store = await openStore(url)
  const text = await store.get(ticketKey())
  await store.close()
  return /"value":"([^"]+)"/.exec(text ?? '')?.[1]
}

async function startWechat(options: Partial<PlatformOptions>): Promise<void> {
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com/', ...options })
  platform.faults.latency = 50
}

const asked = () =>
  ['/cgi-bin/stable_token', '/cgi-bin/ticket/getticket'].map((path) => platform.requests.get(path) ?? 0)

function isAccepted({ appId, timestamp, nonceStr, signature, url }: Signed): boolean {
  return platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [url]).ok
}

async function start(storeUrl: string, settings: Pick<WorkerSettings, 'clock'> = {}): Promise<Worker> {
  const { appId, appSecret } = platform.account
  const worker = await startWorker({ appId, appSecret, apiUrl: platform.url, storeUrl, ...settings })
  workers.push(worker)
  return worker
}
