// What a release weighs, how fast it starts, what it keeps in memory, and what a page costs.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RunningPlatform } from 'wechat-sandbox'
import { root } from '../root.ts'
import { startBuiltApp } from '../testing/builtApp.ts'
import { onePage } from '../testing/onePage.ts'
import type { Outcome } from './processes.ts'

const SITE = 'https://h5.example.com'
const ARTICLE = onePage()
const PICTURES = /[\\/]covers[\\/]/
const MB = 1e6
const STARTS = 10
const ROUNDS = 5
const IN_A_ROUND = 3000 // milliseconds of load

/** All rows about a release. `pages` is how many are asked for before its memory is read. */
export async function releaseRows(platform: RunningPlatform, pages: number): Promise<Outcome[]> {
  return [weight(), await starts(platform), ...(await memory(platform, pages)), await article(platform)]
}

function weight(): Outcome {
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !PICTURES.test(path))
  const size = files.reduce((sum, path) => sum + statSync(path).size, 0) / MB
  return row('dist/ without pictures', `${size.toFixed(1)} MB`, 'at most 12 MB', size <= 12)
}

async function starts(platform: RunningPlatform): Promise<Outcome> {
  const timed = async (server: string | undefined) => {
    const startedAt = performance.now()
    const app = await start(platform, server)
    await (await fetch(app.url)).text()
    const took = performance.now() - startedAt
    await app.kill()
    return took
  }
  const [release, source]: number[][] = [[], []]
  for (let i = 0; i < STARTS; i++) {
    release?.push(await timed(undefined))
    source?.push(await timed(join(root, 'apps/server/src/main.ts')))
  }
  const [now, before] = [median(release), median(source)]
  const figure = `${(now / before).toFixed(2)}x (${Math.round(now)} ms)`
  return row(
    `start to a page, median of ${STARTS}, against a start from source`,
    figure,
    'at most 0.8x',
    now / before <= 0.8,
  )
}

async function memory(platform: RunningPlatform, pages: number): Promise<Outcome[]> {
  const app = await start(platform)
  try {
    await (await fetch(app.url)).text()
    const idle = residentOf(app.pid)
    let asked = 0
    for (; asked < pages;) asked += ((await load(app.url + ARTICLE)) * IN_A_ROUND) / 1000
    const after = residentOf(app.pid)
    const what = `resident memory after ${Math.round(asked).toLocaleString('en')} pages`
    return [
      row('resident memory, idle', `${Math.round(idle)} MB`, 'at most 120 MB', idle <= 120),
      row(what, `${Math.round(after)} MB`, 'at most 220 MB', after <= 220),
    ]
  } finally {
    await app.kill()
  }
}

async function article(platform: RunningPlatform): Promise<Outcome> {
  const app = await start(platform)
  const ratios: number[] = []
  for (let i = 0; i < ROUNDS; i++)
    ratios.push((await load(app.url + ARTICLE)) / (await load(`${app.url}/healthz`)))
  await app.kill()
  const figure = `${median(ratios).toFixed(2)}x`
  return row(
    'HTML of an article against /healthz, 50 connections',
    figure,
    'at least 0.75x',
    median(ratios) >= 0.75,
  )
}

const start = (platform: RunningPlatform, server?: string) =>
  startBuiltApp({
    platform,
    publicUrl: SITE,
    storeUrl: 'sqlite:./app.db',
    ...(server ? { server, env: { NODE_ENV: 'production' } } : {}),
  })

/** Answers a second, with 50 connections. */
async function load(address: string): Promise<number> {
  const script = join(import.meta.dirname, 'load.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, address, '50', String(IN_A_ROUND)])
  return (JSON.parse(stdout) as { perSecond: number }).perSecond
}

function residentOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (Number(kilobytes) * 1024) / MB
}

function median(values: number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

const row = (what: string, figure: string, bound: string, ok: boolean): Outcome => ({
  what,
  figure,
  bound,
  ok,
})
