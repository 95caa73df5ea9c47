import { hash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { logIn } from '../testing/loginSteps.ts'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

let server: TestServer
beforeEach(async () => (server = await startTestServer()))
afterEach(() => server.close())

const post = { method: 'POST' }
const asked = (path: string) => server.platform.requests.get(path) ?? 0

it('guests are told to log in', async () => {
  const guest = server.browser()
  await expectProblem(await guest('/api/me/profile', post), 401, 'login_required')
  await expectProblem(await guest('/api/me', { method: 'DELETE' }), 401, 'login_required')
})

it('the profile is read again without asking the person', async () => {
  const { browser, userOf } = await logIn(server)
  server.platform.people[0].nickname = '晴天'
  expect(await (await browser('/api/me/profile', post)).json()).toMatchObject({ user: { nickname: '晴天' } })
  expect(await userOf()).toMatchObject({ nickname: '晴天', scope: 'snsapi_userinfo' })
  expect(asked('/sns/oauth2/refresh_token')).toBe(0)
})

it('also after two hours, with the refresh token', async () => {
  const { browser } = await logIn(server)
  server.forward(7300)
  server.platform.people[0].nickname = '晴天'
  expect(await (await browser('/api/me/profile', post)).json()).toMatchObject({ user: { nickname: '晴天' } })
  expect(asked('/sns/oauth2/refresh_token')).toBe(1)
})

it('when WeChat no longer knows the grant, it is renewed', async () => {
  const { browser } = await logIn(server)
  server.platform.faults.set('/sns/auth', { errcode: 40001 })
  expect((await browser('/api/me/profile', post)).status).toBe(200)
  expect(asked('/sns/oauth2/refresh_token')).toBe(1)
})

it('WeChat that does not look at the grant is no reason to renew it', async () => {
  const { browser } = await logIn(server)
  server.platform.faults.set('/sns/auth', { errcode: 45011 })
  await expectProblem(await browser('/api/me/profile', post), 503, 'wechat_45011')
  expect(asked('/sns/oauth2/refresh_token')).toBe(0)
})

it('a consent that is over is said, with what to do', async () => {
  const { browser } = await logIn(server)
  server.forward(7300)
  server.platform.faults.set('/sns/oauth2/refresh_token', { errcode: 42002 })
  await expectProblem(await browser('/api/me/profile', post), 409, 'consent_needed')
})

it('a silent login later keeps the profile that was allowed', async () => {
  const { browser } = await logIn(server)
  const silent = await browser('/api/wechat/oauth/authorize?returnTo=/')
  const state = new URL(silent.headers.get('location') ?? '').searchParams.get('state')
  const code = server.platform.logins.issueCode(server.platform.people[0], 'snsapi_base')
  await browser(`/api/wechat/oauth/callback?code=${code}&state=${state}`)
  const { user } = await (await browser('/api/session')).json()
  expect(user).toEqual({ openid: expect.any(String), scope: 'snsapi_base' })
  const again = await logIn(server)
  expect(await again.userOf()).toMatchObject({ nickname: '小晴' })
})

it('everything kept about somebody is deleted at their wish, in every browser', async () => {
  const [first, second] = [await logIn(server), await logIn(server)]
  expect((await first.browser('/api/me', { method: 'DELETE' })).status).toBe(204)
  expect(await first.userOf()).toBeNull()
  expect(await second.userOf()).toBeNull()
})

it('a login from before stays ended, also when the person comes back', async () => {
  const [before, second] = [await logIn(server), await logIn(server)]
  await second.browser('/api/me', { method: 'DELETE' })
  const after = await logIn(server)
  expect(await after.userOf()).toMatchObject({ nickname: '小晴' })
  expect(await before.userOf()).toBeNull()
})

it('what is deleted while WeChat is still answering stays deleted', async () => {
  const [first, second] = [await logIn(server), await logIn(server)]
  server.platform.faults.latency = 100
  const reading = first.browser('/api/me/profile', post)
  await new Promise((done) => setTimeout(done, 150))
  await second.browser('/api/me', { method: 'DELETE' })
  await expectProblem(await reading, 409, 'consent_needed')
  expect(await first.userOf()).toBeNull()
  expect(server.stored()).not.toContain(server.platform.logins.openidOf(server.platform.people[0]))
})

it('what nobody can read in the store is nobody, and no failure', async () => {
  const { browser, userOf } = await logIn(server)
  for (const key of server.keys('person:')) await server.store.set(key, '{')
  expect(await userOf()).toBeNull()
  for (const broken of ['{', '{}', '[]', 'null', '"x"']) {
    for (const key of server.keys('session:')) await server.store.set(key, broken)
    expect((await browser('/api/session')).status).toBe(200)
  }
})

it('no token of a person reaches the page or the log', async () => {
  const { browser } = await logIn(server)
  const answer = await (await browser('/api/me/profile', post)).text()
  const { user } = JSON.parse(answer) as { user: { openid: string } }
  const key = hash('sha256', `${server.platform.account.appId}:${user.openid}`, 'base64url')
  const kept = await server.store.get(`person:${key}`)
  const { grant } = JSON.parse(kept ?? '{}') as { grant: { accessToken: string; refreshToken: string } }
  for (const secret of [grant.accessToken, grant.refreshToken]) {
    expect(secret.length).toBeGreaterThan(10)
    for (const text of [answer, server.log()]) expect(text).not.toContain(secret)
  }
})
