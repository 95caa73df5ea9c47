import { hash } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type Fault, type RunningPlatform } from 'wechat-sandbox'
import { z } from 'zod'
import { signCard } from './cardSignature.ts'
import type { TokenSource } from './credentials.ts'
import { WechatApiError, WechatTransportError } from './errors.ts'
import type { WechatEvent } from './events.ts'
import { memoryStore } from './stores/memory.ts'
import { StoreError, type Store } from './stores/store.ts'
import { createWechat, type Wechat } from './wechat.ts'

const TOKEN = '/cgi-bin/stable_token'
const TICKET = '/cgi-bin/ticket/getticket'
const page = 'https://h5.example.com/articles/hello?from=timeline'

let platform: RunningPlatform
let time: number
const now = () => time
const seconds = (n: number) => (time += n * 1000)

beforeEach(async () => {
  time = 1_760_000_000_000
  platform = await startPlatform({ siteOrigin: 'https://h5.example.com', now })
})
afterEach(() => platform.close())

const open = (store: Store = memoryStore({ now }), timeoutMs = 1500): Wechat =>
  createWechat({ ...platform.account, apiUrl: platform.url, store, now, timeoutMs })
const asked = () => [platform.requests.get(TOKEN) ?? 0, platform.requests.get(TICKET) ?? 0]
const isAccepted = async (wechat: Wechat, recheck = false) => {
  const { appId, timestamp, nonceStr, signature } = await wechat.sign(page, { recheck })
  return platform.judgeJsapi({ appId, timestamp: String(timestamp), nonceStr, signature }, [page]).ok
}
const failureOf = (wechat: Wechat) =>
  wechat.sign(page).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('sign', () => {
  it('makes signatures that the platform accepts', async () => {
    expect(await isAccepted(open())).toBe(true)
  })

  it('200 cold calls at once cause 1 token and 1 ticket request', async () => {
    platform.faults.latency = 50
    const wechat = open()
    await Promise.all(Array.from({ length: 200 }, () => wechat.sign(page)))
    expect(asked()).toEqual([1, 1])
  })

  it('a restart with a warm store asks nothing', async () => {
    const store = memoryStore({ now })
    await open(store).sign(page)
    expect(await isAccepted(open(store))).toBe(true)
    expect(asked()).toEqual([1, 1])
  })

  it('counts the remaining seconds that WeChat reports, not two hours from now', async () => {
    await open().sign(page) // somebody else has had the token for 100 minutes
    seconds(6000)
    const wechat = open()
    await wechat.credentials.withAccessToken(async () => undefined)
    seconds(1100) // 100 s are left: a new one is due
    await wechat.credentials.withAccessToken(async (token) => platform.tokens.check(token))
    await expect.poll(() => asked()[0]).toBe(3)
  })

  it('renews in the background while the old ticket is still good', async () => {
    const wechat = open()
    await wechat.sign(page)
    seconds(7000)
    platform.faults.set(TICKET, { kind: 'hang' })
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('keeps signing through an outage until the ticket ends, then says why it cannot', async () => {
    const wechat = open()
    await wechat.sign(page)
    platform.faults.set(TICKET, { status: 500 })
    seconds(7100)
    expect(await isAccepted(wechat)).toBe(true)
    seconds(200)
    expect(await failureOf(wechat)).toMatchObject({ code: 'wechat_bad_response' })
    platform.faults.clear()
    seconds(10)
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('a clock that jumps an hour ahead, or three, causes no bad signature', async () => {
    const wechat = open()
    await wechat.sign(page)
    seconds(3600)
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([1, 1])
    seconds(3 * 3600)
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([2, 2])
  })

  it.each([1800, 3600, 86_400])(
    'a clock that was set back %i s does not stretch a lifetime',
    async (back) => {
      let offset = 0 // of this machine's clock; the platform's is right
      const clock = () => time + offset * 1000
      const { appId, appSecret } = platform.account
      const wechat = createWechat({
        appId,
        appSecret,
        apiUrl: platform.url,
        store: memoryStore(),
        now: clock,
        timeoutMs: 1500,
      })
      await wechat.sign(page)
      seconds(3600)
      expect(await isAccepted(wechat)).toBe(true)
      offset = -back
      expect(await isAccepted(wechat)).toBe(true)
      expect(asked()).toEqual([1, 1])
      seconds(3700)
      expect(await isAccepted(wechat)).toBe(true)
      wechat.close()
    },
  )

  it('holds nothing per URL', async () => {
    const wechat = open()
    await wechat.sign(page)
    const before = asked()
    const signatures = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => wechat.sign(`${page}&i=${i}`)),
    )
    expect(new Set(signatures.map((one) => one.signature)).size).toBe(1000)
    expect(asked()).toEqual(before)
  })
})

describe('when the token was taken by another system', () => {
  it('renews it once and tries once more', async () => {
    const wechat = open()
    await wechat.credentials.withAccessToken(async () => undefined)
    platform.tokens.killAll()
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([2, 2])
  })

  it('does not loop when the new one is refused as well', async () => {
    platform.faults.set(TICKET, { errcode: 40001 })
    expect(await failureOf(open())).toMatchObject({ code: 'wechat_40001' })
    expect(asked()[1]).toBe(2)
  })
})

describe('recheck', () => {
  it('replaces a ticket that WeChat no longer knows', async () => {
    const wechat = open()
    await wechat.sign(page)
    platform.tokens.killTickets()
    expect(await isAccepted(wechat)).toBe(false)
    expect(await isAccepted(wechat, true)).toBe(true)
  })

  it('asks at most once a minute, however often it is called', async () => {
    const wechat = open()
    await wechat.sign(page)
    await Promise.all(Array.from({ length: 100 }, () => wechat.sign(page, { recheck: true })))
    expect(asked()).toEqual([1, 2])
    seconds(61)
    await wechat.sign(page, { recheck: true })
    expect(asked()).toEqual([1, 3])
  })

  it('tells from when on it may be asked again, in every process', async () => {
    const store = memoryStore({ now })
    const [one, other] = [open(store), open(store)]
    expect(await one.credentials.untilRecheck()).toBe(0)
    await one.sign(page, { recheck: true })
    seconds(20)
    expect(await other.credentials.untilRecheck()).toBe(40_000)
    seconds(41)
    expect(await other.credentials.untilRecheck()).toBe(0)
  })
})

describe('a store that does not answer', () => {
  /** A memory store that can be taken away. */
  const fragile = () => {
    const inner = memoryStore({ now })
    const state = { away: false }
    const store = new Proxy(inner, {
      get: (target, name: keyof Store) =>
        state.away ? () => Promise.reject(new StoreError('[store] gone')) : target[name].bind(target),
    })
    return { store, state }
  }

  it('does not stop signing, nor rechecking', async () => {
    const { store, state } = fragile()
    const wechat = open(store)
    await wechat.sign(page)
    state.away = true
    expect(await isAccepted(wechat)).toBe(true)
    expect(await isAccepted(wechat, true)).toBe(true)
    expect(await wechat.credentials.untilRecheck()).toBeUndefined()
    expect(asked()).toEqual([1, 1])
  })

  it('is done without when what is in memory ends, by one flight, and used again when it is back', async () => {
    const { store, state } = fragile()
    const wechat = open(store)
    await wechat.sign(page)
    state.away = true
    seconds(7300)
    await Promise.all(Array.from({ length: 100 }, () => wechat.sign(page)))
    expect(await isAccepted(wechat)).toBe(true)
    expect(asked()).toEqual([2, 2])
    state.away = false
    seconds(7300)
    expect(await isAccepted(wechat)).toBe(true)
    expect(await isAccepted(open(store))).toBe(true)
    expect(asked()).toEqual([3, 3])
  })

  it('that is away from the start does not matter either', async () => {
    const { store, state } = fragile()
    state.away = true
    expect(await isAccepted(open(store))).toBe(true)
  })
})

describe('faults of the token endpoint', () => {
  it.each<[Fault, string]>([
    [{ errcode: -1 }, 'wechat_-1'],
    [{ errcode: 40001 }, 'wechat_40001'],
    [{ errcode: 40013 }, 'wechat_40013'],
    [{ errcode: 40125 }, 'wechat_40125'],
    [{ errcode: 40164 }, 'wechat_40164'],
    [{ errcode: 40243 }, 'wechat_40243'],
    [{ errcode: 45009 }, 'wechat_45009'],
    [{ errcode: 45011 }, 'wechat_45011'],
    [{ status: 500 }, 'wechat_bad_response'],
    [{ kind: 'reset' }, 'wechat_unreachable'],
    [{ kind: 'hang' }, 'wechat_timeout'],
    [{ body: '<html>' }, 'wechat_bad_response'],
    [{ body: 'null' }, 'wechat_bad_response'],
    [{ body: '{}' }, 'wechat_bad_response'],
    [{ body: '{"access_token":"","expires_in":7200}' }, 'wechat_bad_response'],
    [{ body: '{"access_token":"t","expires_in":0}' }, 'wechat_bad_response'],
    [{ body: '{"access_token":"t","expires_in":-5}' }, 'wechat_bad_response'],
    [{ body: '{"access_token":"t","expires_in":"7200"}' }, 'wechat_bad_response'],
    [{ body: '{"access_token":"t"}' }, 'wechat_bad_response'],
  ])('%j gives %s with a hint, and heals', async (fault, code) => {
    platform.faults.set(TOKEN, fault)
    const wechat = open()
    const errors = await Promise.all(Array.from({ length: 50 }, () => failureOf(wechat)))
    expect(errors[0]).toMatchObject({ code, hint: expect.stringMatching(/\w+/) })
    expect(asked()).toEqual([1, 0])
    platform.faults.clear()
    seconds(61) // what only a person can mend is not asked again for a minute
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('a ticket reply of {} is never signed with', async () => {
    platform.faults.set(TICKET, { body: '{"errcode":0,"errmsg":"ok"}' })
    expect(await failureOf(open())).toBeInstanceOf(WechatTransportError)
  })

  it('a token that lives 10 seconds works and is renewed in time', async () => {
    const token = platform.tokens.issueStable(false).access_token
    platform.faults.set(TOKEN, { body: JSON.stringify({ access_token: token, expires_in: 10 }) })
    const wechat = open()
    expect(await isAccepted(wechat)).toBe(true)
    seconds(11)
    await wechat.credentials.withAccessToken(async () => undefined)
    expect(asked()[0]).toBe(2)
  })

  it('names errcode, rid, path and hint, and holds no secret', async () => {
    platform.faults.set(TOKEN, { errcode: 40164 })
    const error = await failureOf(open())
    expect(error).toBeInstanceOf(WechatApiError)
    expect(error).toMatchObject({
      errcode: 40164,
      rid: expect.stringMatching(/^[0-9a-f-]{26}$/),
      path: TOKEN,
      method: 'POST',
    })
    expect(String(error)).toBe(
      'WechatApiError: [wechat] POST /cgi-bin/stable_token: errcode 40164 ' +
        'invalid ip 198.51.100.23 ipv6 ::ffff:198.51.100.23, not in whitelist',
    )
  })

  it.each<Fault>([{ kind: 'reset' }, { kind: 'hang' }, { status: 502 }, { errcode: 40125 }])(
    '%j: neither secret nor token is anywhere in the error',
    async (fault) => {
      const wechat = open()
      for (const path of [TICKET, '/sns/oauth2/access_token']) platform.faults.set(path, fault)
      const errors = [
        await failureOf(wechat),
        await wechat.oauth.exchangeCode('code-12345678').catch((error: unknown) => error),
      ]
      const token = platform.tokens.issueStable(false).access_token
      const text = inspect(errors, { depth: 10, showHidden: true }) + JSON.stringify(errors)
      for (const secret of [platform.account.appSecret, token, 'code-12345678'])
        expect(text).not.toContain(secret)
    },
  )

  it('a text that echoes the secret is cleaned', async () => {
    const { appSecret } = platform.account
    platform.faults.set(TOKEN, {
      body: JSON.stringify({ errcode: 40125, errmsg: `invalid appsecret ${appSecret}` }),
    })
    expect(inspect(await failureOf(open()))).not.toContain(appSecret)
  })
})

describe('api', () => {
  const schema = z.object({ errcode: z.literal(0), errmsg: z.string() })
  const call = (wechat: Wechat) =>
    wechat.api({ method: 'GET', path: TICKET, query: { type: 'wx_card' }, schema })

  it('adds the token and gives a checked result', async () => {
    expect(await call(open())).toEqual({ errcode: 0, errmsg: 'ok' })
  })

  it('renews a token that was taken, once, and tries once more', async () => {
    const wechat = open()
    await call(wechat)
    platform.tokens.killAll()
    expect(await call(wechat)).toMatchObject({ errcode: 0 })
    expect(asked()[0]).toBe(2)
  })

  it('100 calls with a token that was taken cause one refresh', async () => {
    const wechat = open(memoryStore({ now }), 10_000) // 200 requests at once take a busy machine a while
    await call(wechat)
    platform.tokens.killAll()
    await Promise.all(Array.from({ length: 100 }, () => call(wechat)))
    expect(asked()[0]).toBe(2)
  })

  it('tells an errcode with its hint in both languages', async () => {
    const wrong = open().api({ method: 'GET', path: TICKET, query: { type: 'x' }, schema })
    await expect(wrong).rejects.toMatchObject({
      errcode: 40097,
      hint: expect.any(String),
      hintZh: expect.any(String),
    })
  })
})

describe('where tokens come from', () => {
  const from = (tokenSource: TokenSource, store = memoryStore({ now })) =>
    createWechat({ ...platform.account, apiUrl: platform.url, store, now, tokenSource })

  it('the classic endpoint, for accounts that must share it', async () => {
    expect(await isAccepted(from('token'))).toBe(true)
    expect([platform.requests.get('/cgi-bin/token'), asked()[0]]).toEqual([1, 0])
  })

  it("somebody else's token server", async () => {
    let calls = 0
    const source = async () => {
      calls++
      const { access_token, expires_in } = platform.tokens.issueStable(false)
      return { accessToken: access_token, expiresIn: expires_in }
    }
    const wechat = from(source)
    await Promise.all(Array.from({ length: 50 }, () => wechat.sign(page)))
    expect(await isAccepted(wechat)).toBe(true)
    expect([calls, asked()[0]]).toEqual([1, 0])
  })

  it('a token server that gives nonsense is told as such', async () => {
    const wechat = from(async () => ({ accessToken: '', expiresIn: 7200 }))
    expect(await failureOf(wechat)).toMatchObject({ code: 'wechat_bad_response' })
  })

  it('a token server that fails is told as such, without what it said', async () => {
    const wechat = from(() => Promise.reject(new Error('GET https://tokens.example/?key=hunter2 failed')))
    const error = await failureOf(wechat)
    expect(error).toMatchObject({ code: 'wechat_unreachable' })
    expect(inspect(error)).not.toContain('hunter2')
  })

  it('tokens of different sources are never mixed in one store', async () => {
    const store = memoryStore({ now })
    await from('token', store).credentials.withAccessToken(async () => undefined)
    await from('stable_token', store).credentials.withAccessToken(async () => undefined)
    expect([platform.requests.get('/cgi-bin/token'), asked()[0]]).toEqual([1, 1])
  })
})

describe('cards', () => {
  it('have a ticket of their own, which signs no page', async () => {
    const { credentials } = open()
    const card = await credentials.cardTicket()
    expect(card).not.toBe(await credentials.jsapiTicket())
    expect(platform.tokens.validTickets('wx_card')).toEqual([card])
  })

  it('are signed over the sorted values', () => {
    expect(signCard('b', '', 'c', 'a')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
    expect(() => signCard()).toThrow(/ticket/)
  })
})

describe('events', () => {
  it('tell refreshes, waits, requests, drops and retries, and nothing secret', async () => {
    const events: WechatEvent[] = []
    const store = memoryStore({ now })
    const wechat = createWechat({
      ...platform.account,
      apiUrl: platform.url,
      store,
      now,
      onEvent: (event) => events.push(event),
    })
    await wechat.sign(page)
    platform.tokens.killAll()
    await wechat.api({ method: 'GET', path: TICKET, query: { type: 'jsapi' }, schema: z.object({}) })
    const seen = new Set(events.map(({ type }) => type))
    expect(seen).toEqual(new Set(['request', 'refreshed', 'waited', 'dropped', 'retried']))
    expect(events).toContainEqual(expect.objectContaining({ type: 'request', path: TICKET, errcode: 40001 }))
    const text = JSON.stringify(events)
    for (const secret of [platform.account.appSecret, platform.tokens.issueStable(false).access_token])
      expect(text).not.toContain(secret)
  })
})

describe('oauth', () => {
  const person = () => platform.people[0]

  it('exchanges a code once and reads the profile', async () => {
    const { oauth } = open()
    const code = platform.logins.issueCode(person(), 'snsapi_userinfo')
    const grant = await oauth.exchangeCode(code)
    expect(grant).toMatchObject({
      openid: platform.logins.openidOf(person()),
      scope: 'snsapi_userinfo',
      snapshot: false,
    })
    expect(await oauth.fetchProfile(grant)).toMatchObject({ openid: grant.openid, nickname: '小晴' })
    await expect(oauth.exchangeCode(code)).rejects.toMatchObject({ code: 'wechat_40163' })
  })

  it('a silent login has no profile', async () => {
    const { oauth } = open()
    const grant = await oauth.exchangeCode(platform.logins.issueCode(person(), 'snsapi_base'))
    await expect(oauth.fetchProfile(grant)).rejects.toMatchObject({ errcode: 48001, rid: expect.any(String) })
  })

  it('refuses an unknown and an old code', async () => {
    const { oauth } = open()
    await expect(oauth.exchangeCode('nonsense')).rejects.toMatchObject({ code: 'wechat_40029' })
    const code = platform.logins.issueCode(person(), 'snsapi_base')
    seconds(301)
    await expect(oauth.exchangeCode(code)).rejects.toMatchObject({ code: 'wechat_40029' })
  })

  it('tells a snapshot visitor from a person', async () => {
    const answer = {
      access_token: 't',
      expires_in: 7200,
      openid: 'o',
      scope: 'snsapi_userinfo',
      is_snapshotuser: 1,
    }
    platform.faults.set('/sns/oauth2/access_token', { body: JSON.stringify(answer) })
    expect(await open().oauth.exchangeCode('code')).toMatchObject({ snapshot: true })
  })
})

it('the signature is the documented hash of the documented string', async () => {
  const { timestamp, nonceStr, signature, url } = await open().sign(`${page}#comments`)
  const [ticket] = platform.tokens.validTickets('jsapi')
  expect(url).toBe(page)
  expect(signature).toBe(
    hash('sha1', `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`),
  )
})
