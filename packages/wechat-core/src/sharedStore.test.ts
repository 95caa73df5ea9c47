// Several processes that share one store: real ones, on a real SQLite file and a real Redis.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { startRedisServer, startWorker, type RedisServer, type Signed, type Worker } from './testing/index.ts'

const PAGE = 'https://h5.example.com/'
const TOKEN = '/cgi-bin/stable_token'
const TICKET = '/cgi-bin/ticket/getticket'

let platform: RunningPlatform
let redis: RedisServer
let folder: string
let workers: Worker[]
let stores = 0

beforeAll(async () => {
  redis = await startRedisServer()
}, 120_000)
afterAll(() => redis.close())
beforeEach(async () => {
  workers = []
  folder = mkdtempSync(join(tmpdir(), 'shared-'))
  platform = await startPlatform({ siteOrigin: PAGE })
  platform.faults.latency = 50
})
afterEach(async () => {
  for (const worker of workers) worker.kill()
  await platform.close()
  rmSync(folder, { recursive: true })
})

const asked = () => [platform.requests.get(TOKEN) ?? 0, platform.requests.get(TICKET) ?? 0]
const storeOf = {
  sqlite: () => `sqlite:${join(folder, 'app.db')}`,
  redis: () => `${redis.url}/${stores++ % 16}`,
}

describe.each(['sqlite', 'redis'] as const)('%s', (kind) => {
  it('8 processes with 100 cold calls each: 1 token and 1 ticket request', async () => {
    const url = storeOf[kind]()
    const all = await Promise.all(Array.from({ length: 8 }, () => start(url)))
    const signed = (await Promise.all(all.map((worker) => worker.sign(100)))).flat()
    expect(asked()).toEqual([1, 1])
    expect(signed).toHaveLength(800)
    expect(signed.every(isAccepted)).toBe(true)
  })

  it('the token is taken by another system: 4 processes heal together', async () => {
    const url = storeOf[kind]()
    const all = await Promise.all(Array.from({ length: 4 }, () => start(url)))
    await Promise.all(all.map((worker) => worker.sign(1)))
    const before = asked()
    platform.tokens.killAll()
    platform.tokens.killTickets()
    const signed = (await Promise.all(all.map((worker) => worker.sign(250, { recheck: true })))).flat()
    const after = asked().map((count, i) => count - (before[i] ?? 0))
    expect(after[0]).toBeLessThanOrEqual(2)
    expect(after[1]).toBeLessThanOrEqual(2)
    const again = (await Promise.all(all.map((worker) => worker.sign(10)))).flat()
    expect(again.every(isAccepted)).toBe(true)
    expect(signed).toHaveLength(1000)
  })

  it('the process that asks is killed: another goes on within the lease', async () => {
    const url = storeOf[kind]()
    platform.faults.set(TOKEN, { kind: 'hang' }, 1)
    const [first, second] = await Promise.all([start(url), start(url)])
    void first.sign(1).catch(() => undefined)
    await expect.poll(() => asked()[0]).toBe(1)
    first.kill()
    const startedAt = performance.now()
    expect((await second.sign(1)).every(isAccepted)).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(6000)
    expect(asked()).toEqual([2, 1])
  })
})

it('a failure is shared: 4 processes with 250 visitors each ask once', async () => {
  platform.faults.set(TOKEN, { errcode: 45009 })
  const url = storeOf.redis()
  const all = await Promise.all(Array.from({ length: 4 }, () => start(url)))
  const codes = (await Promise.all(all.map((worker) => worker.failures(250)))).flat()
  expect(new Set(codes)).toEqual(new Set(['wechat_45009']))
  expect(asked()).toEqual([1, 0])
})

it('Redis is away: signing goes on from memory, and the store is used again afterwards', async () => {
  const worker = await start(storeOf.redis())
  await worker.sign(1)
  await redis.stop()
  expect((await worker.sign(100)).every(isAccepted)).toBe(true)
  await redis.start()
  expect((await worker.sign(1)).every(isAccepted)).toBe(true)
  expect(asked()).toEqual([1, 1])
})

function isAccepted({ appId, timestamp, nonceStr, signature, url }: Signed): boolean {
  return platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [url]).ok
}

async function start(storeUrl: string): Promise<Worker> {
  const { appId, appSecret } = platform.account
  const worker = await startWorker({ appId, appSecret, apiUrl: platform.url, storeUrl })
  workers.push(worker)
  return worker
}
