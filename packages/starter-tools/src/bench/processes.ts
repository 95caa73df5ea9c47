// What several processes do together: cold starts, rotations under load, kills and outages.
import { startWorker, type RedisServer, type Watch, type Worker } from 'wechat-core/testing'
import { startPlatform, type PlatformOptions, type RunningPlatform } from 'wechat-sandbox'

const SITE = 'https://h5.example.com'
const LIFE = 600 // seconds of the fast clock that a token lives
const FACTOR = 500 // its half hour is 3.6 seconds of ours
const TWO_REQUESTS = 120 // ms that a token and a ticket take
const REFUSED_WAIT = 3_000 // the lease of a process that died

export interface Outcome {
  what: string
  figure: string
  bound: string
  ok: boolean
}

/** 8 processes with 100 cold calls each. */
export async function coldProcesses(name: string, storeUrl: string): Promise<Outcome> {
  return withPlatform({}, async (platform) => {
    const workers = await startMany(8, platform, storeUrl)
    await Promise.all(workers.map((worker) => worker.sign(100)))
    for (const worker of workers) worker.kill()
    const figure = requests(platform).join(' + ')
    return {
      what: `8 processes, 100 cold calls each, ${name}: token + ticket requests`,
      figure,
      bound: '1 + 1',
      ok: figure === '1 + 1',
    }
  })
}

/** Rotations on a fast clock while 4 processes sign without pause. */
export async function rotations(redis: RedisServer, wanted: number): Promise<Outcome[]> {
  const clock = { from: Date.now(), factor: FACTOR }
  const now = () => clock.from + (Date.now() - clock.from) * clock.factor
  return withPlatform({ now, tokens: { life: LIFE * 1000, ticketsRotate: true } }, async (platform) => {
    const workers = await startMany(4, platform, `${redis.url}/1`, clock)
    await Promise.all(workers.map((worker) => worker.sign(1)))
    const ms = wanted * ((LIFE * 0.75 * 1000) / FACTOR + TWO_REQUESTS)
    const before = requests(platform)
    let refused = 0
    let signed = 0
    const seen = await Promise.all(
      workers.map((worker) =>
        worker.watch(ms, ({ appId, timestamp, nonceStr, signature, url }) => {
          signed++
          if (!platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [url]).ok)
            refused++
        }),
      ),
    )
    for (const worker of workers) worker.kill()
    const [tokens = 0, tickets = 0] = requests(platform).map((count, i) => count - (before[i] ?? 0))
    const failures = seen.flatMap((one) => one.failures)
    const [rotating, steady] = [p99(seen, 'rotating'), p99(seen, 'steady')]
    const rounds = `${tickets} rotations, 4 processes, Redis, ${signed} signatures`
    return [
      {
        what: `${rounds}: refused or failed`,
        figure: String(refused + failures.length),
        bound: '0',
        ok: refused + failures.length === 0,
      },
      {
        what: 'token and ticket requests in these rotations',
        figure: `${tokens} + ${tickets}`,
        bound: 'at most 1 + 1 each',
        ok: tokens <= tickets + 1 && tickets >= wanted * 0.7 && tickets <= wanted * 1.2 + 2,
      },
      {
        what: 'p99 of sign() while a ticket is renewed against otherwise',
        figure: `${(rotating / steady).toFixed(2)}x`,
        bound: 'at most 1.5x',
        ok: rotating / steady <= 1.5,
      },
    ]
  })
}

/** The process that asks is killed at random moments; another must go on within the lease. */
export async function kills(redis: RedisServer, times: number): Promise<Outcome> {
  let slowest = 0
  let wrong = 0
  for (let i = 0; i < times; i++) {
    await withPlatform(
      {},
      async (platform) => {
        const storeUrl = `${redis.url}/${2 + (i % 10)}`
        const [first, second] = await startMany(2, platform, storeUrl)
        if (!first || !second) throw new Error('no workers')
        void first.sign(1).catch(() => undefined)
        await new Promise((done) => setTimeout(done, Math.random() * 130))
        first.kill()
        const startedAt = performance.now()
        const [signed] = await second.sign(1)
        slowest = Math.max(slowest, performance.now() - startedAt)
        if (!signed || typeof signed === 'string') wrong++
        else if (!platform.judgeJsapi({ ...signed, timestamp: String(signed.timestamp) }, [signed.url]).ok)
          wrong++
        second.kill()
      },
      i,
    )
  }
  return {
    what: `kill -9 of the process that asks, ${times} random moments: wrong answers, slowest`,
    figure: `${wrong}, ${(slowest / 1000).toFixed(1)} s`,
    bound: `0, lease ${REFUSED_WAIT / 1000} s`,
    ok: wrong === 0 && slowest < REFUSED_WAIT + 1500,
  }
}

/** Redis stops and comes back while 2 processes sign without pause. */
export async function outage(redis: RedisServer, seconds: number): Promise<Outcome> {
  return withPlatform({}, async (platform) => {
    const workers = await startMany(2, platform, `${redis.url}/14`)
    await Promise.all(workers.map((worker) => worker.sign(1)))
    let signed = 0
    const watched = workers.map((worker) => worker.watch((seconds + 3) * 1000, () => signed++))
    await redis.stop()
    await new Promise((done) => setTimeout(done, seconds * 1000))
    await redis.start()
    const failures = (await Promise.all(watched)).flatMap((one) => one.failures)
    for (const worker of workers) worker.kill()
    const figure = `${failures.length} of ${signed}`
    return {
      what: `Redis away for ${seconds} s under load: failed signatures`,
      figure,
      bound: '0',
      ok: failures.length === 0 && signed > 0,
    }
  })
}

function p99(seen: Watch[], kind: 'rotating' | 'steady'): number {
  const all = seen.flatMap((one) => one[kind]).sort((a, b) => a - b)
  return all[Math.floor(all.length * 0.99)] ?? Infinity
}

function startMany(
  count: number,
  platform: RunningPlatform,
  storeUrl: string,
  clock?: { from: number; factor: number },
): Promise<Worker[]> {
  const { appId, appSecret } = platform.account
  const settings = { appId, appSecret, apiUrl: platform.url, storeUrl, ...(clock ? { clock } : {}) }
  return Promise.all(Array.from({ length: count }, () => startWorker(settings)))
}

function requests(platform: RunningPlatform): number[] {
  return ['/cgi-bin/stable_token', '/cgi-bin/ticket/getticket'].map(
    (path) => platform.requests.get(path) ?? 0,
  )
}

// An account of its own each time, so that nothing of an earlier row is found in a store.
async function withPlatform<T>(
  options: Partial<PlatformOptions>,
  work: (platform: RunningPlatform) => Promise<T>,
  salt = 0,
): Promise<T> {
  const appId = `wx${Date.now().toString(16).padStart(13, '0')}${String(salt % 1000).padStart(3, '0')}`
  const platform = await startPlatform({ siteOrigin: SITE, appId, ...options })
  platform.faults.latency = 50
  try {
    return await work(platform)
  } finally {
    await platform.close()
  }
}
