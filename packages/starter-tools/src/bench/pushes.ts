// Pushes at a steady rate to two processes that share a store.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from 'wechat-core'
import { startPlatform } from 'wechat-sandbox'
import type { Outcome } from './processes.ts'

const PER_SECOND = 500
const SITE = 'https://h5.example.com'

/** 500 pushes a second, each tenth delivered to both processes at once: all are answered, each runs exactly once. */
export async function pushLoad(name: string, storeUrl: string, seconds: number): Promise<Outcome> {
  const platform = await startPlatform({ siteOrigin: SITE, push: { mode: 'safe' } })
  const store = await openStore(storeUrl)
  const { appId, push } = platform.account
  const settings = { appId, token: push.token, encodingAesKey: push.encodingAesKey, storeUrl }
  const receivers = await Promise.all([startReceiver(settings), startReceiver(settings)])
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  const answers: Promise<boolean>[] = []
  const msgIds: string[] = []
  const startedAt = performance.now()
  try {
    for (let i = 0; i < PER_SECOND * seconds; i++) {
      const msgId = String(24_800_000_000_000_000n + BigInt(i))
      msgIds.push(msgId)
      const first = i % 2
      for (const to of i % 10 === 0 ? [first, 1 - first] : [first]) {
        push.url = `http://127.0.0.1:${receivers[to]?.port}/`
        const made = platform.push.request(
          platform.people[0],
          { msgType: 'text', content: 'hello' },
          { msgId },
        )
        answers.push(deliver(made, agent))
      }
      const ahead = (i / PER_SECOND) * 1000 - (performance.now() - startedAt)
      if (ahead > 5) await sleep(ahead)
    }
    const took = performance.now() - startedAt
    const unanswered = (await Promise.all(answers)).filter((ok) => !ok).length
    const counts = await Promise.all(
      msgIds.map(async (msgId) => Number((await store.get(`ran:${msgId}`)) ?? 0)),
    )
    const lost = counts.filter((count) => count === 0).length
    const twice = counts.filter((count) => count > 1).length
    return {
      what: `encrypted pushes, 2 processes, ${name}, ${Math.round((msgIds.length / took) * 1000)} a second for ${seconds} s: unanswered, lost, run twice`,
      figure: `${unanswered}, ${lost}, ${twice} of ${msgIds.length}`,
      bound: '0, 0, 0',
      ok: unanswered + lost + twice === 0,
    }
  } finally {
    agent.destroy()
    for (const receiver of receivers) receiver.kill()
    await store.close()
    await platform.close()
  }
}

function deliver(made: ReturnType<PlatformRequest>, agent: Agent): Promise<boolean> {
  return new Promise((done) => {
    const sent = request(made.url, { method: 'POST', headers: made.headers, agent, timeout: 5000 }, (res) => {
      let text = ''
      res.on('data', (chunk) => (text += chunk))
      res.on('end', () => done(res.statusCode === 200 && text.startsWith('<xml><Encrypt>')))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => done(false))
    sent.end(made.body)
  })
}
type PlatformRequest = Awaited<ReturnType<typeof startPlatform>>['push']['request']

const RECEIVER = `
import { createServer } from 'node:http'
const { core, storeUrl, token, encodingAesKey, appId } = JSON.parse(process.argv[1])
const { onPush, openStore, wechatPush } = await import(core)
const store = await openStore(storeUrl)
const count = onPush('message.text', async ({ msgId, content }) => {
  await store.increment('ran:' + msgId, 600_000)
  return { msgType: 'text', content }
})
const wechat = { appId, api: () => Promise.reject(new Error('nothing is late')) }
const server = createServer(wechatPush({ wechat, store, token, encodingAesKey, handlers: [count] }))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

async function startReceiver(settings: object): Promise<{ port: number; kill: () => void }> {
  const told = JSON.stringify({ core: import.meta.resolve('wechat-core'), ...settings })
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', RECEIVER, told]
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { port: Number(port), kill: () => void child.kill('SIGKILL') }
}
