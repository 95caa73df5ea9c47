// The callback address of the whole server, asked by the sandbox, which encrypts and signs with code of its own.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serverSignature } from 'wechat-core'
import { logIn } from '../testing/loginSteps.ts'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

let server: TestServer
afterEach(() => server.close())

describe("the console's check", () => {
  beforeEach(async () => (server = await startTestServer()))
  const query = (change: Record<string, string> = {}) => {
    const timestamp = change['timestamp'] ?? String(Math.floor(Date.now() / 1000))
    const signature = serverSignature(server.platform.account.push.token, timestamp, 'nonce1')
    return `/api/wechat?${new URLSearchParams({ signature, timestamp, nonce: 'nonce1', echostr: '<b>4375</b>', ...change })}`
  }
  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

  it('passes', async () => expect(await server.platform.push.verifyUrl()).toEqual({ ok: true }))

  it('answers the echostr as plain text', async () => {
    const response = await get(query(), { accept: 'text/html' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.text()).toBe('<b>4375</b>')
  })

  it.each([
    ['a wrong signature', { signature: 'f'.repeat(40) }],
    ['an old timestamp', { timestamp: String(Math.floor(Date.now() / 1000) - 601) }],
    ['a future timestamp', { timestamp: String(Math.floor(Date.now() / 1000) + 700) }],
    ['a foreign nonce', { nonce: 'other' }],
  ])('%s is 403', async (_case, change) => expectProblem(await get(query(change)), 403, 'invalid_signature'))

  it.each(['signature', 'timestamp', 'nonce', 'echostr'])('without %s it is 400', async (name) => {
    const path = query().replace(new RegExp(`([?&])${name}=[^&]*`), '$1')
    await expectProblem(await get(path), 400, 'invalid_parameter')
  })

  it('a repeated parameter is 400', async () =>
    expectProblem(await get(`${query()}&nonce=x`), 400, 'invalid_parameter'))
})

it('without a Token nothing answers', async () => {
  server = await startTestServer({ env: { WECHAT_TOKEN: '' } })
  await expectProblem(await fetch(`${server.url}/api/wechat?signature=x`), 404, 'push_not_configured')
  await expectProblem(await fetch(`${server.url}/api/wechat`, { method: 'POST' }), 404, 'push_not_configured')
})

describe.each(['plain', 'compatible', 'safe'] as const)('in %s mode', (mode) => {
  beforeEach(async () => {
    server = await startTestServer({ mode })
  })
  const person = () => server.platform.people[0]

  it('what nobody handles is taken all the same', async () => {
    const push = { msgType: 'link', title: 't', description: 'd', url: 'https://example.com' } as const
    const { deliveries, reply, problem } = await server.platform.push.send(person(), push)
    expect(deliveries).toMatchObject([{ status: 200, body: 'success' }])
    expect({ reply, problem }).toEqual({ reply: undefined, problem: undefined })
  })

  it('a forged one is refused with a problem', async () => {
    const tamper = mode === 'plain' ? { signature: 'f'.repeat(40) } : { msgSignature: 'f'.repeat(40) }
    const { url, ...init } = server.platform.push.request(
      person(),
      { msgType: 'text', content: 'x' },
      { tamper },
    )
    await expectProblem(await fetch(url, init), 403, 'invalid_signature')
  })
})

it('what WeChat tells of two people in one second is two events, though WeChat itself sends both', async () => {
  server = await startTestServer()
  const event = { msgType: 'event', event: 'user_authorization_cancellation' } as const
  for (const person of server.platform.people) await server.platform.push.send(person, event)
  expect(server.log().match(/user_authorization_cancellation: silent/g)).toHaveLength(3)
})

describe('what is kept about a person', () => {
  beforeEach(async () => (server = await startTestServer()))
  const tell = async (event: 'unsubscribe' | 'user_authorization_cancellation' | 'user_info_modified') =>
    server.platform.push.send(server.platform.people[0], { msgType: 'event', event })

  it.each(['unsubscribe', 'user_authorization_cancellation'] as const)('goes with %s', async (event) => {
    const { userOf } = await logIn(server)
    expect(await userOf()).toMatchObject({ nickname: '小晴' })
    await server.platform.push.send(server.platform.people[0], { msgType: 'text', content: 'hello' })
    await tell(event)
    expect(await userOf()).toBeNull()
    expect(server.stored()).not.toContain(server.platform.logins.openidOf(server.platform.people[0]))
  })

  it('is the openid alone once nickname and avatar are taken back', async () => {
    const { userOf } = await logIn(server)
    const push = { msgType: 'event', event: 'user_authorization_revoke', revokeInfo: '201' } as const
    await server.platform.push.send(server.platform.people[0], push)
    expect(await userOf()).toMatchObject({ nickname: '小晴' })
    await server.platform.push.send(server.platform.people[0], { ...push, revokeInfo: '205' })
    expect(await userOf()).toEqual({ openid: expect.any(String), scope: 'snsapi_userinfo' })
  })

  it('is read again when the profile changed, and dropped when that fails', async () => {
    const { userOf } = await logIn(server)
    server.platform.people[0].nickname = '晴天'
    await tell('user_info_modified')
    expect(await userOf()).toMatchObject({ nickname: '晴天' })
    server.forward(1) // another event, not the same once more
    server.platform.faults.set('/sns/userinfo', { errcode: 48001 })
    await tell('user_info_modified')
    expect(await userOf()).not.toHaveProperty('nickname')
  })
})

it('no openid and no text of a message reaches the log', async () => {
  server = await startTestServer({ mode: 'safe' })
  const [person] = server.platform.people
  await server.platform.push.send(person, { msgType: 'text', content: 'something private' })
  for (const secret of ['something private', server.platform.logins.openidOf(person)])
    expect(server.log()).not.toContain(secret)
  expect(server.log()).toMatch(/push message\.text: \w+/)
})
