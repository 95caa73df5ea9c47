// A sibling domain can set any cookie for the parent domain, but none that begins with __Host-.
import { afterEach, expect, it } from 'vitest'
import { readCookies } from 'starter-server/cookies'
import { logIn } from '../testing/loginSteps.ts'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'

let server: TestServer
const running: TestServer[] = []
const begin = async (env: Record<string, string> = {}) => {
  server = await startTestServer({ env })
  running.push(server)
}
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())))

/** Every line of Set-Cookie in a login and a logout, in order. */
async function cookiesSet(): Promise<string[]> {
  const lines: string[] = []
  const browser = server.browser()
  const listening: Browser = async (path, init) => {
    const response = await browser(path, init)
    lines.push(...response.headers.getSetCookie())
    return response
  }
  await logIn(server, listening)
  await listening('/api/session', { method: 'DELETE' })
  return lines
}
const userWith = async (cookie: string) =>
  (await (await fetch(`${server.url}/api/session`, { headers: { cookie } })).json()).user as unknown

it('on https all are for this host alone, and are taken back in the same way', async () => {
  await begin()
  const lines = await cookiesSet()
  expect(lines.map((line) => line.split('=', 1)[0])).toEqual([
    expect.stringMatching(/^__Host-login_[0-9a-f]{12}$/),
    '__Host-sid',
    '__Host-sid',
  ])
  for (const line of lines) {
    expect(line).toMatch(/; Path=\/(;|$)/)
    expect(line).toContain('Secure')
    expect(line).not.toContain('Domain')
  }
  expect(lines[2]).toMatch(/^__Host-sid=;/)
})

it('on http, where browsers refuse that, they have plain names', async () => {
  await begin({ PUBLIC_URL: 'http://h5.example.com' })
  const names = (await cookiesSet()).map((line) => line.split('=', 1)[0])
  expect(names).toEqual([expect.stringMatching(/^login_[0-9a-f]{12}$/), 'sid', 'sid'])
})

it("on https an attacker's session under the plain name logs nobody in", async () => {
  await begin()
  let session = ''
  const browser = server.browser()
  await logIn(server, async (path, init) => {
    const response = await browser(path, init)
    session = /__Host-sid=([^;]+)/.exec(response.headers.getSetCookie().join())?.[1] ?? session
    return response
  })
  expect(await userWith(`__Host-sid=${session}`)).toMatchObject({ nickname: '小晴' })
  expect(await userWith(`sid=${session}`)).toBeNull()
})

it("on https an attacker's login under the plain name is nobody's", async () => {
  await begin()
  const start = await fetch(`${server.url}/api/wechat/oauth/authorize`, { redirect: 'manual' })
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const cookie = start.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const code = server.platform.logins.issueCode(server.platform.people[0], 'snsapi_base')
  const come = (withCookie: string) =>
    fetch(`${server.url}/api/wechat/oauth/callback?code=${code}&state=${state}`, {
      redirect: 'manual',
      headers: { cookie: withCookie },
    })
  await expectProblem(await come(cookie.replace('__Host-', '')), 400, 'invalid_state')
  expect((await come(cookie)).status).toBe(302)
})

it('logins that nobody finished do not fill the headers of later requests', async () => {
  await begin()
  const lines: string[] = []
  const browser = server.browser()
  const start = async () => {
    const response = await browser('/api/wechat/oauth/authorize')
    lines.push(...response.headers.getSetCookie())
  }
  for (let i = 0; i < 15; i++) await start()
  const [set, cleared] = [/=[^;]/, /=;/].map((kind) =>
    lines.filter((line) => kind.test(line.split(' ')[0] ?? '')),
  )
  expect([set?.length, cleared?.length]).toEqual([15, 5])
  // The oldest go.
  expect(cleared?.map((line) => line.split('=', 1)[0])).toEqual(
    set?.slice(0, 5).map((line) => line.split('=', 1)[0]),
  )
})

it.each([
  ['', []],
  ['a=1', [['a', '1']]],
  ['a=1; b=x=y;c = 2 ;d', [['a', '1'], ['b', 'x=y'], ['c', '2'], ['d', '']]], // prettier-ignore
])('%j is read', (header, pairs) => {
  const found = readCookies(header).filter(({ name }) => name)
  expect(found.map(({ name, value }) => [name, value])).toEqual(pairs)
})

// Chromium keeps a cookie whose name begins with the byte A0, from a sibling domain: it is none of the __Host- ones.
it.each(['\u00a0', '\v', '\f', '\ufeff', '\u3000'])(
  'a name that only looks like ours is not ours: %j',
  (blank) => {
    expect(readCookies(`${blank}__Host-sid=a`)).toEqual([{ name: `${blank}__Host-sid`, value: 'a' }])
    expect(readCookies(`a=1; \t__Host-sid = b \t`)[1]).toEqual({ name: '__Host-sid', value: 'b' })
  },
)
