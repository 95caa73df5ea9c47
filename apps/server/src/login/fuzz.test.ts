// A thousand damaged logins and sessions. Reproducible: the seed is fixed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { heapUsed, mutated, seededRandom } from 'wechat-core/testing'
import { logIn } from '../testing/loginSteps.ts'
import { startTestServer, type TestServer } from '../testing/testServer.ts'

// LOGIN_FUZZ=5000, as the workflow has it, takes twenty seconds of a processor.
const COUNT = Number(process.env['LOGIN_FUZZ'] ?? 1_000)
const LARGEST_GROWTH = 12_000_000 // bytes
const random = seededRandom(20261121)

let server: TestServer
let sid: string
beforeAll(async () => {
  server = await startTestServer({ env: { LOG_LEVEL: 'silent' } })
  const browser = server.browser()
  await logIn(server, async (path, init) => {
    const response = await browser(path, init)
    sid = /__Host-sid=([^;]+)/.exec(response.headers.getSetCookie().join())?.[1] ?? ''
    return response
  })
})
afterAll(() => server.close())

// Each from an address of its own, so that the limit does not answer in the place of the route.
const ask = (path: string, cookie = '', method = 'GET') =>
  fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: {
      'x-forwarded-for': `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
      cookie: cookie.replace(/[^\x21-\x7e ]/g, '~'), // what fetch lets through
    },
  })
const damaged = (text: string) => encodeURIComponent(mutated(text, random))

/** Starts a login and comes back with one of its three parts damaged. */
async function damagedCallback(): Promise<Response> {
  const start = await ask('/api/wechat/oauth/authorize?returnTo=/me')
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const [, name = '', key = ''] = /^(__Host-login_\w+)=(\w+)/.exec(start.headers.getSetCookie().join()) ?? []
  const code = 'a'.repeat(32) // one that WeChat does not know; damaged ones neither
  switch (random.below(4)) {
    case 0:
      return ask(`/api/wechat/oauth/callback?code=${code}&state=${damaged(state)}`, `${name}=${key}`)
    case 1:
      return ask(`/api/wechat/oauth/callback?code=${damaged(code)}&state=${state}`, `${name}=${key}`)
    case 2:
      return ask(`/api/wechat/oauth/callback?code=${code}&state=${state}`, mutated(`${name}=${key}`, random))
    default:
      return ask(
        `/api/wechat/oauth/callback?${mutated(`code=${code}&state=${state}`, random)}`,
        `${name}=${key}`,
      )
  }
}

async function damagedSession(): Promise<Response> {
  const method = random.pick(['GET', 'GET', 'DELETE'])
  const value = mutated(sid, random)
  // "%3a" is "%3A": that one is still the person's own.
  return ask('/api/session', `__Host-sid=${value.toUpperCase() === sid.toUpperCase() ? 'x' : value}`, method)
}

async function damagedStart(): Promise<Response> {
  const path = random.pick([
    `scope=${damaged('snsapi_base')}`,
    `returnTo=${damaged('/me?a=1')}`,
    mutated('scope=snsapi_userinfo&returnTo=/articles/x', random),
  ])
  return ask(`/api/wechat/oauth/authorize?${path}`)
}

it('damaged logins and sessions: no 5xx, nobody logged in, no growth', { timeout: 120_000 }, async () => {
  const seen = { refused: 0, guests: 0, started: 0 }
  const judge = async (response: Response): Promise<void> => {
    const text = await response.text()
    expect(response.status, `${response.url} ${text}`).toBeLessThan(500)
    expect(response.headers.getSetCookie().join()).not.toMatch(/sid=s/)
    if (response.status >= 400) seen.refused++
    else if (response.status === 302) {
      // A damaged path is still a path on this site, and the only way on leads to WeChat.
      expect(response.headers.get('location')).toMatch(/^https:\/\/open\.weixin\.qq\.com\//)
      seen.started++
    } else {
      if (response.status === 200) expect(JSON.parse(text)).toEqual({ user: null })
      seen.guests++
    }
  }
  const round = async (count: number) => {
    for (let i = 0; i < count; i += 10) {
      const work = Array.from({ length: 10 }, () =>
        random.pick([damagedCallback, damagedSession, damagedStart])(),
      )
      for (const response of await Promise.all(work)) await judge(response)
    }
  }
  await round(COUNT / 5)
  const before = heapUsed()
  await round((COUNT / 5) * 4)
  expect(heapUsed() - before).toBeLessThan(LARGEST_GROWTH)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(COUNT / 8)
  // The session that was damaged so often is still the person's.
  expect((await (await ask('/api/session', `__Host-sid=${sid}`)).json()).user).toMatchObject({
    nickname: '小晴',
  })
})
