import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Fault } from 'wechat-sandbox'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'

let server: TestServer
let browser: Browser

beforeEach(async () => {
  server = await startTestServer()
  browser = server.browser()
})
afterEach(() => server.close())

const asked = (path: string) => server.platform.requests.get(path) ?? 0
const start = async (who: Browser, query = 'scope=snsapi_userinfo&returnTo=/me%3Fa=1') => {
  const response = await who(`/api/wechat/oauth/authorize?${query}`)
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '')
}
const come = (who: Browser, state: string, code: string) =>
  who(`/api/wechat/oauth/callback?code=${code}&state=${state}`)
const stateOf = (address: URL) => address.searchParams.get('state') ?? ''
const userOf = async (who: Browser) => (await (await who('/api/session')).json()).user
const newCode = (scope: 'snsapi_base' | 'snsapi_userinfo' = 'snsapi_userinfo') =>
  server.platform.logins.issueCode(server.platform.people[0], scope)
const exchanges = () => asked('/sns/oauth2/access_token')

/** A login that waits for its callback; `lost` calls back as this browser does, and loses the answer. */
async function attemptOf(who: Browser) {
  let cookie = ''
  const state = stateOf(
    await start(async (path, init) => {
      const response = await who(path, init)
      cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0])[0] ?? ''
      return response
    }),
  )
  const code = newCode()
  const path = `/api/wechat/oauth/callback?code=${code}&state=${state}`
  const lost = () => fetch(server.url + path, { redirect: 'manual', headers: { cookie } })
  return { state, code, lost }
}

it('goes to WeChat in its strict order and comes back to a clean page', async () => {
  const address = await start(browser)
  expect(address.href).toMatch(
    /^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?appid=wx[0-9a-f]+&redirect_uri=https%3A%2F%2Fh5\.example\.com%2Fapi%2Fwechat%2Foauth%2Fcallback&response_type=code&scope=snsapi_userinfo&state=[0-9a-f]{32}&connect_redirect=1#wechat_redirect$/,
  )
  const response = await come(browser, stateOf(address), newCode())
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('/me?a=1')
  expect(await userOf(browser)).toMatchObject({
    openid: server.platform.logins.openidOf(server.platform.people[0]),
    nickname: '小晴',
    scope: 'snsapi_userinfo',
  })
  const cookies = response.headers.getSetCookie().join()
  expect(cookies).toMatch(/^__Host-sid=[^;]+; Path=\/;.*HttpOnly; Secure; SameSite=Lax/)
})

it('works behind a proxy that does not say https', async () => {
  const state = stateOf(await start(browser))
  const path = `/api/wechat/oauth/callback?code=${newCode()}&state=${state}`
  const response = await browser(path, { headers: { 'x-forwarded-proto': 'http' } })
  expect(response.headers.getSetCookie().join()).toMatch(/sid=[^;]+;.*Secure/)
  expect(await userOf(browser)).toMatchObject({ nickname: '小晴' })
})

it('a second hit gets the same answer and causes no second exchange', async () => {
  const state = stateOf(await start(browser))
  const code = newCode()
  const both = await Promise.all([come(browser, state, code), come(browser, state, code)])
  expect(both.map((response) => [response.status, response.headers.get('location')])).toEqual([
    [302, '/me?a=1'],
    [302, '/me?a=1'],
  ])
  expect(exchanges()).toBe(1)
  expect((await come(browser, state, code)).status).toBe(302)
  expect(exchanges()).toBe(1)
  expect(await userOf(browser)).toMatchObject({ nickname: '小晴' })
})

it('when the first answer was lost, the second one logs in', async () => {
  const { lost, ...attempt } = await attemptOf(browser)
  expect((await lost()).status).toBe(302)
  const again = await come(browser, attempt.state, attempt.code)
  expect(again.headers.getSetCookie().join()).toMatch(/sid=/)
  expect(await userOf(browser)).not.toBeNull()
})

it('one code and 300 callbacks make one session', async () => {
  const { lost } = await attemptOf(browser)
  for (let i = 0; i < 300; i += 20) await Promise.all(Array.from({ length: 20 }, lost))
  expect(server.keys('session:')).toHaveLength(1)
  expect(exchanges()).toBe(1)
})

it('a login that is called back twice still ends the session before it', async () => {
  await come(browser, stateOf(await start(browser)), newCode())
  const { lost, state, code } = await attemptOf(browser)
  await lost()
  await come(browser, state, code)
  expect(server.keys('session:')).toHaveLength(1)
  expect((await browser('/api/session', { method: 'DELETE' })).status).toBe(204)
  expect(server.keys('session:')).toHaveLength(0)
})

it('two tabs at once do not disturb each other', async () => {
  const [one, two] = await Promise.all([start(browser), start(browser, 'returnTo=/')])
  expect((await come(browser, stateOf(two), newCode('snsapi_base'))).headers.get('location')).toBe('/')
  expect((await come(browser, stateOf(one), newCode())).headers.get('location')).toBe('/me?a=1')
})

it('the session id changes', async () => {
  await come(browser, stateOf(await start(browser)), newCode())
  const before = (await come(browser, stateOf(await start(browser)), newCode())).headers.getSetCookie().join()
  const after = (await come(browser, stateOf(await start(browser)), newCode())).headers.getSetCookie().join()
  expect(/sid=([^;]+)/.exec(before)?.[1]).not.toBe(/sid=([^;]+)/.exec(after)?.[1])
})

it("a state from another browser is refused, and that browser's login stays good", async () => {
  const attacker = server.browser()
  const state = stateOf(await start(attacker))
  await expectProblem(await come(browser, state, newCode()), 400, 'invalid_state')
  expect(exchanges()).toBe(0)
  expect(await userOf(browser)).toBeNull()
  expect((await come(attacker, state, newCode())).status).toBe(302)
})

it('a state older than 10 minutes is refused', async () => {
  const state = stateOf(await start(browser))
  server.forward(601)
  await expectProblem(await come(browser, state, newCode()), 400, 'invalid_state')
})

it.each(['', 'abc', '0'.repeat(32), '../../etc'])('the state %j is refused', async (state) => {
  await expectProblem(await come(browser, encodeURIComponent(state), newCode()), 400, 'invalid_state')
})

it('a code that WeChat refuses is 400, and uses the state up', async () => {
  const state = stateOf(await start(browser))
  await expectProblem(await come(browser, state, 'nonsense'), 400, 'wechat_40029')
  await expectProblem(await come(browser, state, newCode()), 400, 'invalid_state')
})

it('a failed login is a page with another try for a browser', async () => {
  const state = stateOf(await start(browser))
  const response = await browser(`/api/wechat/oauth/callback?code=nonsense&state=${state}`, {
    headers: { accept: 'text/html' },
  })
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await response.text()).toMatch(/wechat_40029[\s\S]*href="\/me"/)
})

it('a failed login says in the language of the browser what to do', async () => {
  const path = `/api/wechat/oauth/callback?code=nonsense&state=${stateOf(await start(browser))}`
  const response = await browser(path, { headers: { 'accept-language': 'zh-CN' } })
  expect((await response.json()).hint).toContain('重新登录')
})

it('after a logout the old callback address logs nobody in', async () => {
  const state = stateOf(await start(browser))
  const code = newCode()
  await come(browser, state, code)
  expect((await browser('/api/session', { method: 'DELETE' })).status).toBe(204)
  await expectProblem(await come(browser, state, code), 400, 'invalid_state')
  expect(await userOf(browser)).toBeNull()
})

it('a logout ends the logins of other tabs as well', async () => {
  const [one, two] = [stateOf(await start(browser)), stateOf(await start(browser))]
  await come(browser, one, newCode())
  await come(browser, two, newCode())
  await browser('/api/session', { method: 'DELETE' })
  for (const state of [one, two])
    await expectProblem(await come(browser, state, newCode()), 400, 'invalid_state')
})

it.each<[Fault, number]>([
  [{ errcode: -1 }, 503],
  [{ errcode: 40013 }, 502],
  [{ kind: 'reset' }, 502],
])('when WeChat fails with %j the page offers another try', async (fault, status) => {
  server.platform.faults.set('/sns/oauth2/access_token', fault)
  const path = `/api/wechat/oauth/callback?code=abc&state=${stateOf(await start(browser))}`
  const response = await browser(path, { headers: { accept: 'text/html' } })
  expect(response.status).toBe(status)
  expect(await response.text()).toContain('href="/me"')
})

it('a grant of less than was asked for logs in without a profile', async () => {
  await come(browser, stateOf(await start(browser)), newCode('snsapi_base'))
  expect(await userOf(browser)).toEqual({ openid: expect.any(String), scope: 'snsapi_base' })
})

it('silent login: openid, no profile', async () => {
  await come(browser, stateOf(await start(browser, '')), newCode('snsapi_base'))
  expect(await userOf(browser)).toEqual({ openid: expect.stringMatching(/^o/), scope: 'snsapi_base' })
  expect(asked('/sns/userinfo')).toBe(0)
})

it('a snapshot visitor is nobody, and told so', async () => {
  const answer = {
    access_token: 't',
    expires_in: 7200,
    openid: 'oVirtual',
    scope: 'snsapi_userinfo',
    is_snapshotuser: 1,
  }
  server.platform.faults.set('/sns/oauth2/access_token', { body: JSON.stringify(answer) })
  await come(browser, stateOf(await start(browser)), 'abc')
  expect(await (await browser('/api/session')).json()).toEqual({ user: null, snapshot: true })
})

it.each(['scope=all', 'scope=snsapi_base&scope=snsapi_base'])('%s is 400 invalid_scope', async (query) => {
  await expectProblem(await browser(`/api/wechat/oauth/authorize?${query}`), 400, 'invalid_scope')
})

it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example', '/api/session'])(
  'returnTo=%s is 400',
  async (returnTo) => {
    const path = `/api/wechat/oauth/authorize?returnTo=${encodeURIComponent(decodeURIComponent(returnTo))}`
    await expectProblem(await browser(path), 400, 'invalid_return_to')
  },
)

it('nothing of it reaches the log', async () => {
  const state = stateOf(await start(browser))
  const code = newCode()
  await come(browser, state, code)
  const openid = server.platform.logins.openidOf(server.platform.people[0])
  for (const secret of [state, code, openid, 'sid=', server.platform.account.appSecret])
    expect(server.log()).not.toContain(secret)
  expect(server.log()).toContain('/api/wechat/oauth/callback')
})

it('who is not logged in is told so without a cookie', async () => {
  const response = await fetch(`${server.url}/api/session`)
  expect(await response.json()).toEqual({ user: null })
  expect(response.headers.getSetCookie()).toEqual([])
})
