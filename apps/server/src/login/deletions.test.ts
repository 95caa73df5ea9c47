// A deletion against a login that is under way: whatever the order, what was deleted stays deleted.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logIn } from '../testing/loginSteps.ts'
import { startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'

let server: TestServer
beforeEach(async () => (server = await startTestServer()))
afterEach(() => server.close())

const EXCHANGE = '/sns/oauth2/access_token'
const PROFILE = '/sns/userinfo'
const asked = (path: string) => server.platform.requests.get(path) ?? 0
const person = () => server.platform.people[0]
const userOf = async (who: Browser) => (await (await who('/api/session')).json()).user as unknown

/** What the store holds that belongs to the person. */
function leftovers(): string[] {
  const openid = server.platform.logins.openidOf(person())
  return [openid, person().nickname, 'avatar', 'accessToken', 'refreshToken'].filter((text) =>
    server.stored().includes(text),
  )
}

const tell = (event: object) => server.platform.push.send(person(), { msgType: 'event', ...event } as never)
const unsubscribe = () => tell({ event: 'unsubscribe' })
const revoke = () => tell({ event: 'user_authorization_revoke', revokeInfo: '205' })
const deleteMe = (who: Browser) => who('/api/me', { method: 'DELETE' })

/** Begins a login and resolves while WeChat is still answering that request. */
async function loginUnderWay(during: string, browser = server.browser()) {
  const before = asked(during)
  server.platform.faults.latency = 300
  const ended = logIn(server, browser).catch((error: Error) => error)
  while (asked(during) === before) await sleep(5)
  return { browser, ended }
}

describe.each([EXCHANGE, PROFILE])('while %s is asked', (during) => {
  it.each([
    ['unsubscribe', unsubscribe],
    ['a cancelled account', () => tell({ event: 'user_authorization_cancellation' })],
  ])('%s: the login does not succeed, and nothing stays', async (_event, forget) => {
    const { browser, ended } = await loginUnderWay(during)
    await forget()
    expect(await ended).toMatchObject({ message: expect.stringMatching(/ended with 400/) })
    expect(await userOf(browser)).toBeNull()
    expect(leftovers()).toEqual([])
  })

  it('DELETE /api/me in another browser: the same', async () => {
    const other = await logIn(server)
    const { browser, ended } = await loginUnderWay(during)
    expect((await deleteMe(other.browser)).status).toBe(204)
    expect(await ended).toBeInstanceOf(Error)
    expect(await userOf(browser)).toBeNull()
    expect(leftovers()).toEqual([])
  })

  it('nickname and avatar are taken back: the login succeeds without them', async () => {
    const { browser, ended } = await loginUnderWay(during)
    await revoke()
    expect(await ended).not.toBeInstanceOf(Error)
    expect(await userOf(browser)).toEqual({ openid: expect.any(String), scope: 'snsapi_userinfo' })
    expect(leftovers()).toEqual([server.platform.logins.openidOf(person())])
  })

  it('a login that begins after the deletion is a new one, and what began before does not disturb it', async () => {
    const first = await loginUnderWay(during)
    await unsubscribe()
    const after = await logIn(server)
    expect(await first.ended).toBeInstanceOf(Error)
    expect(await after.userOf()).toMatchObject({ nickname: person().nickname })
  })
})

it('the mark of a deletion names nobody and ends by itself', async () => {
  await logIn(server)
  await unsubscribe()
  expect(leftovers()).toEqual([])
  const keys = server.keys('person:')
  expect(keys).toHaveLength(1)
  server.forward(601)
  for (const key of keys) expect(await server.store.get(key)).toBeUndefined()
})

it.each([EXCHANGE, PROFILE])(
  'user_info_modified does not delete what a login brings meanwhile (it came during %s)',
  async (during) => {
    await logIn(server)
    server.forward(7300) // the kept grant is over, and cannot be renewed
    server.platform.faults.set('/sns/oauth2/refresh_token', { errcode: 42002 })
    person().nickname = '晴天'
    const { browser, ended } = await loginUnderWay(during)
    const told = tell({ event: 'user_info_modified' })
    await Promise.all([ended, told])
    expect(await userOf(browser)).toMatchObject({ nickname: '晴天' })
  },
)

it('user_info_modified deletes what is older, when it cannot be read', async () => {
  const { userOf: user } = await logIn(server)
  server.platform.faults.set('/sns/userinfo', { errcode: 48001 })
  await tell({ event: 'user_info_modified' })
  expect(await user()).not.toHaveProperty('nickname')
})

it('any order of logins and deletions at once leaves what the last one says', async () => {
  for (let round = 0; round < 8; round++) {
    server.platform.faults.latency = 30
    const logins = Array.from({ length: 3 }, async (_, i) => {
      await sleep(i * 17)
      return logIn(server).catch(() => undefined)
    })
    await sleep((round * 23) % 120)
    server.forward(1) // each is another event, not the same once more
    await unsubscribe()
    const came = (await Promise.all(logins)).filter((login) => login !== undefined)
    const users = await Promise.all(came.map((login) => login.userOf()))
    // Whoever is logged in was remembered after the deletion; otherwise nothing stays.
    if (users.every((user) => user === null)) expect(leftovers()).toEqual([])
  }
  server.forward(1)
  await unsubscribe()
  expect(leftovers()).toEqual([])
})
