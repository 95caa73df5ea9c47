// After a failure nobody asks WeChat for a while: for how long, which processes, and what is looked at meanwhile.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startPlatform, type Fault, type RunningPlatform } from 'wechat-sandbox'
import { createCredentials, type Credentials } from './credentials.ts'
import { createHttp } from './http.ts'
import { memoryStore } from './stores/memory.ts'
import type { Store } from './stores/store.ts'

const TOKEN = '/cgi-bin/stable_token'
const TICKET = '/cgi-bin/ticket/getticket'

let platform: RunningPlatform
let time: number
let store: Store
const now = () => time
const seconds = (n: number) => (time += n * 1000)
let opened: Credentials[]

beforeEach(async () => {
  time = 1_760_000_000_000
  store = memoryStore({ now })
  opened = []
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com', now })
})
afterEach(() => {
  for (const credentials of opened) credentials.close()
  return platform.close()
})

/** A process, on a machine whose way to WeChat may be broken. */
function open(machine = 'one', broken?: { errcode: number } | 'unreachable'): Credentials {
  const { appId, appSecret } = platform.account
  const failing: typeof fetch = async () => {
    platform.requests.set('broken', (platform.requests.get('broken') ?? 0) + 1)
    if (broken === 'unreachable') throw new TypeError('fetch failed')
    return Response.json({ ...(broken as object), errmsg: 'no' })
  }
  const http = createHttp({ apiUrl: platform.url, ...(broken && { fetch: failing }) })
  const credentials = createCredentials({ appId, appSecret, http, store, now, machine })
  opened.push(credentials)
  return credentials
}
const failureOf = (credentials: Credentials) =>
  credentials.jsapiTicket().then(
    () => undefined,
    (error: unknown) => error,
  )

it('a process that reads the note pauses for what is left, not for a full time again', async () => {
  platform.faults.set(TICKET, { errcode: 45009 })
  const [one, other] = [open(), open()]
  expect(await failureOf(one)).toMatchObject({ code: 'wechat_45009' })
  seconds(59)
  expect(await failureOf(other)).toMatchObject({ code: 'wechat_45009' })
  platform.faults.clear()
  seconds(2)
  expect(await other.jsapiTicket()).toMatch(/./)
  expect(platform.requests.get(TICKET)).toBe(2)
})

it('a ticket whose token is paused does not pause for itself', async () => {
  platform.faults.set(TOKEN, { errcode: 45009 })
  const credentials = open()
  await expect(credentials.withAccessToken(async () => undefined)).rejects.toMatchObject({ errcode: 45009 })
  seconds(58)
  expect(await failureOf(credentials)).toMatchObject({ code: 'wechat_45009' })
  platform.faults.clear()
  seconds(3)
  expect(await credentials.jsapiTicket()).toMatch(/./)
})

it('while it pauses it takes what another process brings into the store', async () => {
  const [one, other] = [open(), open()]
  await one.jsapiTicket()
  const key = `wechat:${platform.account.appId}:jsapi_ticket`
  const fresh = (await store.get(key)) ?? ''
  await store.delete(key)
  platform.faults.set(TICKET, { errcode: 45009 })
  expect(await failureOf(other)).toMatchObject({ code: 'wechat_45009' })
  await store.set(key, fresh)
  seconds(5)
  expect(await failureOf(other)).toBeUndefined()
})

it.each([{ errcode: 40164 }, { errcode: 61004 }, { errcode: 89503 }, 'unreachable'] as const)(
  '%j is the fault of one machine: the others go on, and its own processes share the pause',
  async (broken) => {
    const [ill, illToo, healthy] = [open('ill', broken), open('ill', broken), open('healthy')]
    expect(await failureOf(ill)).toBeInstanceOf(Error)
    expect(await failureOf(illToo)).toBeInstanceOf(Error)
    expect(platform.requests.get('broken')).toBe(1)
    expect(await failureOf(healthy)).toBeUndefined()
  },
)

it.each<Fault>([{ errcode: 45009 }, { errcode: 40125 }, { errcode: -1 }])(
  '%j is the fault of the account: no machine asks again',
  async (fault) => {
    platform.faults.set(TOKEN, fault)
    for (const machine of ['one', 'two', 'three'])
      expect(await failureOf(open(machine))).toBeInstanceOf(Error)
    expect(platform.requests.get(TOKEN)).toBe(1)
  },
)

it('a process that slept through its lease leaves no note', async () => {
  let answer = () => undefined as unknown
  const sleeping: typeof fetch = () =>
    new Promise((done) => (answer = () => done(Response.json({ errcode: 45009, errmsg: 'no' }))))
  const { appId, appSecret } = platform.account
  const http = createHttp({ fetch: sleeping })
  const sleeper = createCredentials({ appId, appSecret, http, store, now })
  opened.push(sleeper)
  const slept = sleeper.withAccessToken(async () => undefined).catch((error: unknown) => error)
  const key = `wechat:${appId}:stable_token`
  await expect.poll(() => store.get(`${key}:lease`)).toBeDefined()
  await expect.poll(() => store.get(`${key}:fence`)).toBeDefined()
  await store.delete(`${key}:lease`) // it slept, its lease has ended
  answer()
  expect(await slept).toMatchObject({ errcode: 45009 })
  expect(await failureOf(open())).toBeUndefined()
})

it('a long outage is asked about twice a minute at most, by all processes together', async () => {
  const all = [open('one'), open('one'), open('two')]
  platform.faults.set(TOKEN, { errcode: -1 })
  const minutes: number[] = []
  for (let minute = 0; minute < 5; minute++) {
    const before = platform.requests.get(TOKEN) ?? 0
    for (let second = 0; second < 60; second += 2) {
      for (const credentials of all) await failureOf(credentials)
      seconds(2)
    }
    minutes.push((platform.requests.get(TOKEN) ?? 0) - before)
  }
  expect(Math.max(...minutes)).toBeLessThanOrEqual(2)
  platform.faults.clear()
  seconds(31)
  expect(await failureOf(all[0] ?? open())).toBeUndefined()
})

it("what one machine met makes no pause of the account's shorter", async () => {
  const [one, two] = [open('one'), open('two')]
  platform.faults.set(TOKEN, { errcode: 40164 })
  for (let failures = 0; failures < 2; failures++) {
    await failureOf(one)
    seconds(61)
  }
  platform.faults.set(TOKEN, { errcode: -1 })
  const before = platform.requests.get(TOKEN) ?? 0
  await failureOf(two)
  seconds(2)
  for (let second = 2; second < 60; second += 2) {
    for (const credentials of [one, two]) await failureOf(credentials)
    seconds(2)
  }
  expect((platform.requests.get(TOKEN) ?? 0) - before).toBe(2)
})
