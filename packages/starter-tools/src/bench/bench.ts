// pnpm bench: figures as ratios and counts, measured in this one run. Ends with an error when a bound is broken.
import { execFile } from 'node:child_process'
import { hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { createWechat, memoryStore, openStore, signJsapi, type Wechat } from 'wechat-core'
import { heapUsed, startRedisServer } from 'wechat-core/testing'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { startBuiltApp } from '../testing/builtApp.ts'
import { credentialModel } from './credentials.ts'
import { killedLogins } from './logins.ts'
import { coldProcesses, kills, outage, rotations, type Outcome } from './processes.ts'
import { pushLoad } from './pushes.ts'
import { releaseRows } from './release.ts'
import { rolling } from './rolling.ts'
import { sandboxStart } from './sandboxStart.ts'

type Row = Outcome

const SITE = 'https://h5.example.com'
const PAGE = `${SITE}/articles/a-page?from=timeline`
const ROUNDS = 5
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const platform = await startPlatform({ siteOrigin: SITE })
platform.faults.latency = 50
const rows: Row[] = []
// --long: the full counts, about 20 minutes; else what fits into two.
const { values: flags } = parseArgs({ options: { long: { type: 'boolean', default: false } } })
const redis = await startRedisServer()

try {
  signInProcess()
  await coldCalls()
  await warmRestart()
  await tokenTaken()
  await heapGrowth()
  await signatureRoute()
  rows.push(...(await sandboxStart(ROUNDS)))
  rows.push(await coldProcesses('SQLite', `sqlite:${join(folder, 'many.db')}`))
  rows.push(await coldProcesses('Redis', `${redis.url}/0`))
  rows.push(...(await rotations(redis, flags.long ? 1000 : 30)))
  rows.push(await kills(redis, flags.long ? 100 : 5))
  rows.push(await outage(redis, flags.long ? 30 : 5))
  rows.push(await pushLoad('SQLite', `sqlite:${join(folder, 'pushes.db')}`, flags.long ? 10 : 4))
  rows.push(await pushLoad('Redis', `${redis.url}/13`, flags.long ? 10 : 4))
  rows.push(await credentialModel(flags.long ? 5000 : 200))
  rows.push(...(await releaseRows(platform, flags.long ? 100_000 : 10_000)))
  rows.push(await killedLogins(platform, SITE, folder, flags.long ? 50 : 4))
  rows.push(await rolling(platform, `${redis.url}/12`, flags.long ? 100_000 : 10_000))
} finally {
  await redis.close()
  await platform.close()
  rmSync(folder, { recursive: true })
}
print(rows)
process.exit(rows.every(({ ok }) => ok) ? 0 : 1)

function signInProcess(): void {
  const ticket = randomBytes(43).toString('hex')
  const ours = () => signJsapi({ ticket, url: PAGE })
  const bare = () => {
    const nonce = randomBytes(8).toString('hex')
    return hash(
      'sha1',
      `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${Math.floor(Date.now() / 1000)}&url=${PAGE}`,
    )
  }
  const ratios = Array.from({ length: ROUNDS + 1 }, () => rate(ours) / rate(bare)).slice(1)
  least('sign() against a bare SHA-1 with a random nonce', ratios, 0.9)
}

function rate(work: () => unknown): number {
  const startedAt = performance.now()
  let done = 0
  while (performance.now() - startedAt < 300) for (let i = 0; i < 1000; i++, done++) work()
  return done / (performance.now() - startedAt)
}

async function coldCalls(): Promise<void> {
  const wechat = open(await openStore(`sqlite:${join(folder, 'cold.db')}`))
  const asked = await counted(() => Promise.all(Array.from({ length: 200 }, () => wechat.sign(PAGE))))
  exactly('200 cold calls at once, SQLite: token + ticket requests', asked, '1 + 1')
}

async function warmRestart(): Promise<void> {
  const wechat = open(await openStore(`sqlite:${join(folder, 'cold.db')}`))
  exactly(
    'restart with a warm store: token + ticket requests',
    await counted(() => wechat.sign(PAGE)),
    '0 + 0',
  )
}

async function tokenTaken(): Promise<void> {
  const wechat = open(memoryStore())
  await wechat.sign(PAGE)
  const asked = await counted(async () => {
    platform.tokens.killAll()
    platform.tokens.killTickets()
    await Promise.all(Array.from({ length: 1000 }, () => wechat.sign(PAGE, { recheck: true })))
  })
  const [token = 9, ticket = 9] = asked.split(' + ').map(Number)
  rows.push({
    what: 'token taken by another system, 1,000 visitors: token + ticket requests',
    figure: asked,
    bound: 'at most 2 + 2',
    ok: token <= 2 && ticket <= 2,
  })
}

async function heapGrowth(): Promise<void> {
  const wechat = open(memoryStore())
  const signMany = async (count: number) => {
    for (let i = 0; i < count; i++) await wechat.sign(`${PAGE}&i=${i}`)
  }
  await signMany(20_000)
  const before = heapUsed()
  await signMany(1_000_000)
  const grown = (heapUsed() - before) / 1e6
  const figure = `${grown.toFixed(1)} MB`
  rows.push({
    what: 'heap growth over 1,000,000 distinct URLs',
    figure,
    bound: 'under 10 MB',
    ok: grown < 10,
  })
}

async function signatureRoute(): Promise<void> {
  const bare = await bareServer()
  const storeUrl = `sqlite:${join(folder, 'app.db')}`
  const app = await startBuiltApp({ platform, publicUrl: SITE, storeUrl })
  const path = `/api/wechat/signature?url=${encodeURIComponent(PAGE)}`
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [ours, theirs] = [await load(app.url, path), await load(addressOf(bare), path)]
    ratios.push(ours / theirs)
  }
  least('GET /api/wechat/signature against bare node:http, 50 connections', ratios, 0.35)
  await app.stop()
  bare.close()
}

// The same hash and nothing else: what Node's own server gives at best.
async function bareServer(): Promise<Server> {
  const ticket = randomBytes(43).toString('hex')
  const server = createServer((req, res) => {
    const url = decodeURIComponent((req.url ?? '').slice('/api/wechat/signature?url='.length))
    const nonceStr = randomBytes(8).toString('hex')
    const timestamp = Math.floor(Date.now() / 1000)
    const signature = hash(
      'sha1',
      `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`,
    )
    const body = JSON.stringify({ appId: 'wx', timestamp, nonceStr, signature, url })
    res
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function load(url: string, path: string): Promise<number> {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, [
    join(import.meta.dirname, 'load.ts'),
    new URL(path, url).href,
    '50',
    '1500',
  ])
  const { perSecond, failures } = JSON.parse(stdout) as { perSecond: number; failures: number }
  if (failures > 0) throw new Error(`${failures} answers were not 200`)
  return perSecond
}

function open(store: Awaited<ReturnType<typeof openStore>>): Wechat {
  const { appId, appSecret } = platform.account
  return createWechat({ appId, appSecret, apiUrl: platform.url, store })
}

async function counted(work: () => Promise<unknown>): Promise<string> {
  const count = (running: RunningPlatform) =>
    ['/cgi-bin/stable_token', '/cgi-bin/ticket/getticket'].map((path) => running.requests.get(path) ?? 0)
  const before = count(platform)
  await work()
  return count(platform)
    .map((after, i) => after - (before[i] ?? 0))
    .join(' + ')
}

function least(what: string, ratios: number[], bound: number): void {
  const sorted = [...ratios].sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const figure = `${median.toFixed(2)}x (${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)})`
  rows.push({ what, figure, bound: `at least ${bound}x`, ok: median >= bound })
}

function exactly(what: string, figure: string, bound: string): void {
  rows.push({ what, figure, bound, ok: figure === bound })
}

function print(all: Row[]): void {
  const widths = (['what', 'figure', 'bound'] as const).map((key) =>
    Math.max(...all.map((row) => row[key].length)),
  )
  for (const { what, figure, bound, ok } of all) {
    const cells = [what, figure, bound].map((text, i) => text.padEnd(widths[i] ?? 0))
    console.log(`${ok ? '✓' : '✗'} ${cells.join('   ')}`)
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
