import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { signCard } from './cardSignature.ts'
import type { TokenSource } from './credentials.ts'
import type { WechatEvent } from './events.ts'
import { memoryStore } from './stores/memory.ts'
import { PAGE, TICKET, wechatOnPlatform } from './testing/wechatOnPlatform.ts'
import { createWechat, type Wechat } from './wechat.ts'

const world = wechatOnPlatform()
const { now, seconds, open, asked, isAccepted, failureOf } = world

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
    world.platform.tokens.killAll()
    expect(await call(wechat)).toMatchObject({ errcode: 0 })
    expect(asked()[0]).toBe(2)
  })

  it('100 calls with a token that was taken cause one refresh', async () => {
    const wechat = open(memoryStore({ now }), 10_000) // 200 requests at once take a busy machine a while
    await call(wechat)
    world.platform.tokens.killAll()
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
    createWechat({ ...world.platform.account, apiUrl: world.platform.url, store, now, tokenSource })

  it('the classic endpoint, for accounts that must share it', async () => {
    expect(await isAccepted(from('token'))).toBe(true)
    expect([world.platform.requests.get('/cgi-bin/token'), asked()[0]]).toEqual([1, 0])
  })

  it("somebody else's token server", async () => {
    let calls = 0
    const source = async () => {
      calls++
      const { access_token, expires_in } = world.platform.tokens.issueStable(false)
      return { accessToken: access_token, expiresIn: expires_in }
    }
    const wechat = from(source)
    await Promise.all(Array.from({ length: 50 }, () => wechat.sign(PAGE)))
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
    expect([world.platform.requests.get('/cgi-bin/token'), asked()[0]]).toEqual([1, 1])
  })
})

describe('cards', () => {
  it('have a ticket of their own, which signs no page', async () => {
    const { credentials } = open()
    const card = await credentials.cardTicket()
    expect(card).not.toBe(await credentials.jsapiTicket())
    expect(world.platform.tokens.validTickets('wx_card')).toEqual([card])
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
      ...world.platform.account,
      apiUrl: world.platform.url,
      store,
      now,
      onEvent: (event) => events.push(event),
    })
    await wechat.sign(PAGE)
    world.platform.tokens.killAll()
    await wechat.api({ method: 'GET', path: TICKET, query: { type: 'jsapi' }, schema: z.object({}) })
    const seen = new Set(events.map(({ type }) => type))
    expect(seen).toEqual(new Set(['request', 'refreshed', 'waited', 'dropped', 'retried']))
    expect(events).toContainEqual(expect.objectContaining({ type: 'request', path: TICKET, errcode: 40001 }))
    const text = JSON.stringify(events)
    for (const secret of [
      world.platform.account.appSecret,
      world.platform.tokens.issueStable(false).access_token,
    ])
      expect(text).not.toContain(secret)
  })
})

describe('oauth', () => {
  const person = () => world.platform.people[0]

  it('exchanges a code once and reads the profile', async () => {
    const { oauth } = open()
    const code = world.platform.logins.issueCode(person(), 'snsapi_userinfo')
    const grant = await oauth.exchangeCode(code)
    expect(grant).toMatchObject({
      openid: world.platform.logins.openidOf(person()),
      scope: 'snsapi_userinfo',
      snapshot: false,
    })
    expect(await oauth.fetchProfile(grant)).toMatchObject({ openid: grant.openid, nickname: '小晴' })
    await expect(oauth.exchangeCode(code)).rejects.toMatchObject({ code: 'wechat_40163' })
  })

  it('a silent login has no profile', async () => {
    const { oauth } = open()
    const grant = await oauth.exchangeCode(world.platform.logins.issueCode(person(), 'snsapi_base'))
    await expect(oauth.fetchProfile(grant)).rejects.toMatchObject({ errcode: 48001, rid: expect.any(String) })
  })

  it('refuses an unknown and an old code', async () => {
    const { oauth } = open()
    await expect(oauth.exchangeCode('nonsense')).rejects.toMatchObject({ code: 'wechat_40029' })
    const code = world.platform.logins.issueCode(person(), 'snsapi_base')
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
    world.platform.faults.set('/sns/oauth2/access_token', { body: JSON.stringify(answer) })
    expect(await open().oauth.exchangeCode('code')).toMatchObject({ snapshot: true })
  })
})
