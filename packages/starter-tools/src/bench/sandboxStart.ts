// How long `npx wechat-sandbox` takes until it says that it is ready, and what it holds then.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'
import type { Outcome } from './processes.ts'

const COMMAND = join(root, 'packages/wechat-sandbox/dist/cli.js')
// An empty Node takes 40 to 130 ms on the machines that were looked at, so that this is under half a second.
const MOST = 5
const MOST_MB = 100

/** The built command against an empty program of the same Node, in turns. */
export async function sandboxStart(rounds: number): Promise<Outcome[]> {
  const ratios: number[] = []
  let resident: number | undefined
  for (let round = 0; round < rounds; round++) {
    const empty = timed(() => execFileSync(process.execPath, ['--eval', '0']))
    const startedAt = performance.now()
    const sandbox = spawn(process.execPath, [COMMAND, 'localhost:9', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    for await (const chunk of sandbox.stdout) if ((said += String(chunk)).includes('Ctrl+C')) break
    ratios.push((performance.now() - startedAt) / empty)
    resident = residentOf(sandbox.pid) ?? resident
    if (sandbox.kill()) await once(sandbox, 'exit')
  }
  const [ratio = Infinity] = ratios.sort((a, b) => a - b).slice(Math.floor(rounds / 2))
  const start: Outcome = {
    what: 'wechat-sandbox until it is ready, against an empty Node',
    figure: `${ratio.toFixed(1)}x`,
    bound: `at most ${MOST}x`,
    ok: ratio <= MOST,
  }
  if (resident === undefined) return [start]
  const memory: Outcome = {
    what: 'resident memory of wechat-sandbox, just started',
    figure: `${Math.round(resident)} MB`,
    bound: `under ${MOST_MB} MB`,
    ok: resident < MOST_MB,
  }
  return [start, memory]
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

// Linux tells it in a file.
function residentOf(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? NaN) / 1000
}
