// A token that WeChat refuses, and a ticket that a page doubts: what is used meanwhile, and how often WeChat is asked.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type RunningPlatform } from 'wechat-sandbox'
import { z } from 'zod'
import { createCredentials } from './credentials.ts'
import { WechatApiError } from './errors.ts'
import { createHttp } from './http.ts'
import { memoryStore } from './stores/memory.ts'
import { StoreError, type Store } from './stores/store.ts'
import { createWechat, type Wechat } from './wechat.ts'

const TOKEN = '/cgi-bin/stable_token'
const TICKET = '/cgi-bin/ticket/getticket'
const IPS = '/cgi-bin/getcallbackip'
const page = 'https://h5.example.com/articles/hello'

let platform: RunningPlatform
let time: number
const now = () => time
const seconds = (n: number) => (time += n * 1000)
let clients: Wechat[]

beforeEach(async () => {
  time = 1_760_000_000_000
  clients = []
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com', now })
})
afterEach(() => {
  for (const wechat of clients) wechat.close()
  return platform.close()
})

/** A process: what it has in memory is its own, the store may be shared. */
function open(store: Store = memoryStore({ now })): Wechat {
  const wechat = createWechat({ ...platform.account, apiUrl: platform.url, store, now, timeoutMs: 1500 })
  clients.push(wechat)
  return wechat
}
const asked = () => [platform.requests.get(TOKEN) ?? 0, platform.requests.get(TICKET) ?? 0]
const call = (wechat: Wechat) =>
  wechat.api({ method: 'GET', path: IPS, schema: z.object({ ip_list: z.array(z.string()) }) })
const isAccepted = async (wechat: Wechat, recheck = false) => {
  const { appId, timestamp, nonceStr, signature } = await wechat.sign(page, { recheck })
  return platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [page]).ok
}
const WRITES = new Set(['set', 'add', 'replace', 'take', 'increment', 'delete'])

/** A store whose writes can be made to fail while its reads go on, as those of a full disk or a Redis replica. */
function readOnlyAtTimes() {
  const inner = memoryStore({ now })
  const state = { readOnly: false }
  const store = new Proxy(inner, {
    get: (target, name: keyof Store) =>
      state.readOnly && WRITES.has(name)
        ? () => Promise.reject(new StoreError('[store] READONLY'))
        : target[name].bind(target),
  })
  return { store, state }
}

describe('a doubted ticket', () => {
  it('goes on signing while getticket refuses, for everybody, and its successor comes when it answers again', async () => {
    const wechat = open()
    await wechat.sign(page)
    platform.faults.set(TICKET, { errcode: 45009 })
    expect(await isAccepted(wechat, true)).toBe(true)
    for (let second = 0; second < 120; second += 10) {
      expect(await isAccepted(wechat)).toBe(true)
      expect(await isAccepted(wechat, true)).toBe(true)
      seconds(10)
    }
    expect(asked()[1]).toBeLessThanOrEqual(4)
    platform.faults.clear()
    platform.tokens.killTickets()
    seconds(61)
    await expect.poll(() => isAccepted(wechat), { timeout: 5000 }).toBe(true)
  })

  it('is not waited for longer than a page can wait', async () => {
    const wechat = createWechat({
      ...platform.account,
      apiUrl: platform.url,
      store: memoryStore({ now }),
      now,
      timeoutMs: 20_000,
    })
    clients.push(wechat)
    await wechat.sign(page)
    platform.faults.set(TICKET, { kind: 'hang' })
    const startedAt = performance.now()
    expect(await isAccepted(wechat, true)).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(10_000) // getticket would take 20 seconds to fail
  })

  it('a process that had none asks once, not twice', async () => {
    expect(await isAccepted(open(), true)).toBe(true)
    expect(asked()).toEqual([1, 1])
  })

  it('a process that found one in the store has WeChat asked about it', async () => {
    const store = memoryStore({ now })
    await open(store).sign(page)
    platform.tokens.killTickets()
    expect(await isAccepted(open(store), true)).toBe(true)
    expect(asked()).toEqual([1, 2])
  })
})

describe('a refused token', () => {
  it('does not come back from a store that reads but does not write', async () => {
    const { store, state } = readOnlyAtTimes()
    const wechat = open(store)
    await call(wechat)
    state.readOnly = true
    platform.tokens.killAll()
    for (let i = 0; i < 10; i++) expect(await call(wechat)).toMatchObject({ ip_list: expect.any(Array) })
    expect(asked()[0]).toBe(2)
  })

  it('nor when the store is set back to a state from before', async () => {
    const store = memoryStore({ now })
    const wechat = open(store)
    await call(wechat)
    const key = `wechat:${platform.account.appId}:stable_token`
    const before = (await store.get(key)) ?? ''
    platform.tokens.killAll()
    await call(wechat)
    await store.set(key, before)
    await store.set(`${key}:fence`, '1')
    seconds(7000) // the value in memory is due
    platform.tokens.killAll()
    for (let i = 0; i < 5; i++) await call(wechat)
    expect(asked()[0]).toBeLessThanOrEqual(4)
  })

  it('a dead value in the store does not use up the retry', async () => {
    const store = memoryStore({ now })
    const [one, other] = [open(store), open(store)]
    await call(one)
    platform.tokens.killAll()
    await call(other) // reads the dead one, renews it: the store has the second
    platform.tokens.killAll() // which dies as well
    expect(await call(one)).toMatchObject({ ip_list: expect.any(Array) })
  })

  it('that dies just after WeChat gave it is asked for once more, and does not come back', async () => {
    const { appId, appSecret } = platform.account
    const store = memoryStore({ now })
    const open = () =>
      createCredentials({ appId, appSecret, http: createHttp({ apiUrl: platform.url }), store, now })
    const [one, other] = [open(), open()]
    const used: string[] = []
    const dying = async (token: string): Promise<number> => {
      used.push(token)
      if (used.length > 3) return used.length
      platform.tokens.killAll()
      // Of the first value another process knows before.
      if (used.length === 1) await other.withAccessToken(renewing)
      throw new WechatApiError({ method: 'GET', path: IPS }, 40001, 'invalid credential')
    }
    const renewing = async (token: string): Promise<void> => {
      if (token === used[0])
        throw new WechatApiError({ method: 'GET', path: IPS }, 40001, 'invalid credential')
    }
    expect(await one.withAccessToken(dying)).toBe(4)
    expect(new Set(used).size).toBe(4)
    for (const credentials of [one, other]) credentials.close()
  })

  it('the same value again was not to blame: an API that always answers 40001 costs little', async () => {
    const wechat = open()
    await wechat.sign(page)
    platform.faults.set(IPS, { errcode: 40001 })
    for (let i = 0; i < 100; i++) await expect(call(wechat)).rejects.toMatchObject({ errcode: 40001 })
    await Promise.allSettled(Array.from({ length: 100 }, () => call(wechat)))
    expect(asked()[0]).toBeLessThanOrEqual(2)
    expect(asked()[1]).toBe(1)
    expect(platform.requests.get(IPS)).toBeLessThanOrEqual(202)
  })

  it('of another process, which the same API refuses, costs no more', async () => {
    const store = memoryStore({ now })
    const all = Array.from({ length: 4 }, () => open(store))
    platform.faults.set(IPS, { errcode: 40001 })
    for (let i = 0; i < 25; i++) await Promise.allSettled(all.map(call))
    expect(asked()[0]).toBeLessThanOrEqual(5)
  })

  it('after such an API one that was really taken is still noticed, by other calls', async () => {
    const wechat = open()
    platform.faults.set(IPS, { errcode: 40001 })
    await expect(call(wechat)).rejects.toMatchObject({ errcode: 40001 })
    platform.tokens.killAll()
    expect(await isAccepted(wechat)).toBe(true)
    platform.faults.clear()
    expect(await call(wechat)).toMatchObject({ ip_list: expect.any(Array) })
  })

  it('with the classic endpoint, whose tokens are new each time, as well', async () => {
    const store = memoryStore({ now })
    const options = { ...platform.account, apiUrl: platform.url, store, now, tokenSource: 'token' as const }
    const wechat = createWechat(options)
    clients.push(wechat)
    platform.faults.set(IPS, { errcode: 40001 })
    for (let i = 0; i < 50; i++) await expect(call(wechat)).rejects.toMatchObject({ errcode: 40001 })
    expect(platform.requests.get('/cgi-bin/token')).toBeLessThanOrEqual(3)
  })
})
