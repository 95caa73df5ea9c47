import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { JsapiSignature } from '../signature.ts'

export interface WorkerSettings {
  appId: string
  appSecret: string
  apiUrl: string
  storeUrl: string
  /** A clock that runs `factor` times as fast since `from` (milliseconds since 1970). */
  clock?: { from: number; factor: number }
}

export type Signed = JsapiSignature & { appId: string }

/** What a worker saw while it signed without pause. */
export interface Watch {
  /** Milliseconds that `sign` took: while a ticket was being renewed, and otherwise. */
  rotating: number[]
  steady: number[]
  failures: string[]
}

/** Another process with a whole wechat-core. */
export interface Worker {
  /** Signs that often at once. */
  sign(calls: number, options?: { recheck?: boolean }): Promise<Signed[]>
  /** The codes of the errors of that many calls at once. */
  failures(calls: number): Promise<string[]>
  /**
   * Signs for so many milliseconds, with pauses of `every` (2 when left out), hands over every signature, and says what it
   * saw.
   */
  watch(ms: number, onSigned: (signed: Signed) => void, every?: number): Promise<Watch>
  /** Ends it as `kill -9` does. */
  kill(): void
}

// Many are started, and none ends by itself: what they compiled is kept for the next one.
const CODE = `
import { enableCompileCache, flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
enableCompileCache()
const { core, page, storeUrl, clock, ...account } = JSON.parse(process.argv[1])
const { createWechat, openStore } = await import(core)
const now = clock ? () => clock.from + (Date.now() - clock.from) * clock.factor : Date.now
let rotatedAt = -Infinity
const onEvent = ({ type }) => { if (type === 'refreshed') rotatedAt = performance.now() }
const wechat = createWechat({ ...account, now, onEvent, store: await openStore(storeUrl, { now }) })
const print = (message) => console.log(JSON.stringify(message))
print('ready')
flushCompileCache()
for await (const line of createInterface({ input: process.stdin })) {
  const { calls, recheck, watch, every } = JSON.parse(line)
  if (watch === undefined) {
    print(await Promise.all(Array.from({ length: calls }, () => wechat.sign(page, { recheck }).catch((error) => error.code))))
    continue
  }
  const seen = { rotating: [], steady: [], failures: [] }
  for (const until = performance.now() + watch; performance.now() < until; ) {
    const startedAt = performance.now()
    const signed = await wechat.sign(page).catch((error) => void seen.failures.push(String(error.code ?? error)))
    const ms = performance.now() - startedAt
    seen[performance.now() - rotatedAt < 100 ? 'rotating' : 'steady'].push(ms)
    if (signed) print({ signed })
    await new Promise((done) => setTimeout(done, every))
  }
  print({ seen })
}`

/** Starts a process that shares nothing with this one but the store and WeChat. */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  const core = new URL('../index.ts', import.meta.url).href
  const told = JSON.stringify({ ...settings, core, page: 'https://h5.example.com/' })
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', CODE, told]
  const child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const answer = async () => JSON.parse(String((await once(lines, 'line'))[0])) as unknown
  const tell = (message: object) => void child.stdin.write(`${JSON.stringify(message)}\n`)
  await answer()
  return {
    async sign(calls, options = {}) {
      tell({ calls, ...options })
      return (await answer()) as Signed[]
    },
    async failures(calls) {
      tell({ calls })
      return (await answer()) as string[]
    },
    watch(ms, onSigned, every = 2) {
      return new Promise((done) => {
        const onLine = (line: string) => {
          const { signed, seen } = JSON.parse(line) as { signed?: Signed; seen?: Watch }
          if (signed) onSigned(signed)
          if (!seen) return
          lines.off('line', onLine)
          done(seen)
        }
        lines.on('line', onLine)
        tell({ watch: ms, every })
      })
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
