import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Fault } from 'wechat-sandbox'
import { WechatApiError, WechatTransportError } from './errors.ts'
import { memoryStore } from './stores/memory.ts'
import { StoreError, type Store } from './stores/store.ts'
import { PAGE, TICKET, TOKEN, wechatOnPlatform } from './testing/wechatOnPlatform.ts'

const world = wechatOnPlatform()
const { now, seconds, open, asked, isAccepted, failureOf } = world

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
    await wechat.sign(PAGE)
    state.away = true
    expect(await isAccepted(wechat)).toBe(true)
    expect(await isAccepted(wechat, true)).toBe(true)
    expect(await wechat.credentials.untilRecheck()).toBeUndefined()
    expect(asked()).toEqual([1, 1])
  })

  it('is done without when what is in memory ends, by one flight, and used again when it is back', async () => {
    const { store, state } = fragile()
    const wechat = open(store)
    await wechat.sign(PAGE)
    state.away = true
    seconds(7300)
    await Promise.all(Array.from({ length: 100 }, () => wechat.sign(PAGE)))
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
    world.platform.faults.set(TOKEN, fault)
    const wechat = open()
    const errors = await Promise.all(Array.from({ length: 50 }, () => failureOf(wechat)))
    expect(errors[0]).toMatchObject({ code, hint: expect.stringMatching(/\w+/) })
    expect(asked()).toEqual([1, 0])
    world.platform.faults.clear()
    seconds(61) // what only a person can mend is not asked again for a minute
    expect(await isAccepted(wechat)).toBe(true)
  })

  it('a ticket reply of {} is never signed with', async () => {
    world.platform.faults.set(TICKET, { body: '{"errcode":0,"errmsg":"ok"}' })
    expect(await failureOf(open())).toBeInstanceOf(WechatTransportError)
  })

  it('a token that lives 10 seconds works and is renewed in time', async () => {
    const token = world.platform.tokens.issueStable(false).access_token
    world.platform.faults.set(TOKEN, { body: JSON.stringify({ access_token: token, expires_in: 10 }) })
    const wechat = open()
    expect(await isAccepted(wechat)).toBe(true)
    seconds(11)
    await wechat.credentials.withAccessToken(async () => undefined)
    expect(asked()[0]).toBe(2)
  })

  it('names errcode, rid, path and hint, and holds no secret', async () => {
    world.platform.faults.set(TOKEN, { errcode: 40164 })
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
      for (const path of [TICKET, '/sns/oauth2/access_token']) world.platform.faults.set(path, fault)
      const errors = [
        await failureOf(wechat),
        await wechat.oauth.exchangeCode('code-12345678').catch((error: unknown) => error),
      ]
      const token = world.platform.tokens.issueStable(false).access_token
      const text = inspect(errors, { depth: 10, showHidden: true }) + JSON.stringify(errors)
      for (const secret of [world.platform.account.appSecret, token, 'code-12345678'])
        expect(text).not.toContain(secret)
    },
  )

  it('a text that echoes the secret is cleaned', async () => {
    const { appSecret } = world.platform.account
    world.platform.faults.set(TOKEN, {
      body: JSON.stringify({ errcode: 40125, errmsg: `invalid appsecret ${appSecret}` }),
    })
    expect(inspect(await failureOf(open()))).not.toContain(appSecret)
  })
})
