// What stands against strangers, over the whole server. docs/security.md names these tests.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { logIn } from '../testing/loginSteps.ts'
import {
  expectProblem,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../testing/testServer.ts'

const servers: TestServer[] = []
const start = async (options?: TestServerOptions) => {
  const server = await startTestServer(options)
  servers.push(server)
  return server
}
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

describe('requests that change something', () => {
  const logOut = (origin: string) => ({ method: 'DELETE', headers: { origin } })

  it.each([
    'https://evil.example',
    'https://h5.example.com.evil.example',
    'http://h5.example.com:81',
    'http://h5.example.com',
    'https://user-content.h5.example.com', // same site, so the cookie comes along
    'null',
    'x',
  ])('from a page of %s are refused', async (origin) => {
    const { browser, userOf } = await logIn(await start())
    await expectProblem(await browser('/api/session', logOut(origin)), 403, 'foreign_origin')
    expect(await userOf()).not.toBeNull()
  })

  it('from our own page are done', async () => {
    const { browser, userOf } = await logIn(await start())
    expect((await browser('/api/session', logOut('https://h5.example.com'))).status).toBe(204)
    expect(await userOf()).toBeNull()
  })
})

describe('limits per address', () => {
  const refused = (server: TestServer, forwardedFor: string) =>
    fetch(`${server.url}/api/wechat/signature?url=x`, { headers: { 'x-forwarded-for': forwardedFor } })

  it('count what all processes refused together', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'limits-'))
    const storeUrl = `sqlite:${join(folder, 'shared.db')}`
    const [one, two] = [await start({ storeUrl }), await start({ storeUrl })]
    const statuses: number[] = []
    // The window may turn over in between: the second round then meets the limit in the new one.
    for (let i = 0; i < 400; i++) statuses.push((await refused(i % 2 ? one : two, '198.51.100.7')).status)
    expect(new Set(statuses.slice(0, 200))).toEqual(new Set([400]))
    expect(statuses).toContain(429)
    expect((await refused(one, '198.51.100.8')).status).toBe(400)
    await Promise.all(servers.splice(0).map((server) => server.close()))
    rmSync(folder, { recursive: true })
  })

  it("a made-up start of X-Forwarded-For is not believed: only the proxy's own entry counts", async () => {
    const server = await start()
    const statuses: number[] = []
    for (let i = 0; i < 700; i++)
      statuses.push((await refused(server, `10.0.0.${i % 250}, 198.51.100.7`)).status)
    expect(statuses).toContain(429)
  })

  it('what is no address is not believed, and never becomes a key', async () => {
    const server = await start()
    const statuses = new Set<number>()
    for (let i = 0; i < 320; i++) {
      const made = [`${'x'.repeat(15_000)}${i}`, `${i}`, `fe80::1%${'x'.repeat(9_000)}${i}`, `<${i}>`][i % 4]
      statuses.add((await refused(server, made ?? '')).status)
    }
    expect(statuses).toEqual(new Set([400, 429]))
    for (const key of server.keys('limit:')) expect(key.length).toBeLessThan(100)
  })

  it('who has used up the refusals is answered before there is a body', async () => {
    const server = await start({ mode: 'safe' })
    const path = `/api/wechat?msg_signature=x&timestamp=${Math.floor(Date.now() / 1000)}&nonce=1`
    const from = { 'x-forwarded-for': '198.51.100.9' }
    for (let i = 0; i < 301; i++) await fetch(server.url + path, { method: 'POST', headers: from })
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.9\r\nContent-Length: 60000\r\n\r\n`
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(head))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(String(answer)).toMatch(/^HTTP\/1\.1 429 /)
    socket.destroy()
  })

  it('no forged pushes hold up genuine ones', async () => {
    const server = await start()
    for (let i = 0; i < 320; i++) await fetch(`${server.url}/api/wechat?signature=x`, { method: 'POST' })
    const push = { msgType: 'text', content: 'x' } as const
    const { problem } = await server.platform.push.send(server.platform.people[0], push)
    expect(problem).toBeUndefined()
  })
})

describe('addresses that are none', () => {
  const ask = (address: string, port: number) =>
    new Promise<string>((done, fail) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`GET ${address} HTTP/1.1\r\nHost: h5.example.com\r\nConnection: close\r\n\r\n`),
      )
      let answer = ''
      socket.on('data', (chunk) => (answer += String(chunk)))
      socket.on('error', fail)
      socket.on('close', () => done(answer))
    })

  it.each([
    '//',
    '///',
    '//[',
    '//%',
    '/\\',
    '//evil:99999/x',
    'http://h5.example.com:99999/',
    'http://[',
    '*',
    '/%',
  ])('%s is no failure of ours', async (address) => {
    const server = await start()
    const [head = '', body = ''] = (await ask(address, Number(new URL(server.url).port))).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 [24]\d\d /)
    if (body.startsWith('{')) expect(head).toContain('application/problem+json')
  })
})

describe('secrets', () => {
  const [before, after] = ['1'.repeat(32), '2'.repeat(32)]

  it('can be changed without logging anybody out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
    const storeUrl = `sqlite:${join(folder, 'shared.db')}`
    const old = await start({ storeUrl, env: { SESSION_SECRET: before } })
    const { cookies, browser } = await cookiesOf(old)
    expect((await (await browser('/api/session')).json()).user).not.toBeNull()
    const userAt = async (secret: string) => {
      const server = await start({ storeUrl, env: { SESSION_SECRET: secret } })
      const headers = { cookie: cookies, 'x-forwarded-proto': 'https' }
      return (await (await fetch(`${server.url}/api/session`, { headers })).json()).user as unknown
    }
    expect(await userAt(`${after},${before}`)).not.toBeNull()
    expect(await userAt(after)).toBeNull()
    await Promise.all(servers.splice(0).map((server) => server.close()))
    rmSync(folder, { recursive: true })
  })

  async function cookiesOf(server: TestServer) {
    let cookies = ''
    const browser = server.browser()
    await logIn(server, async (path, init) => {
      const response = await browser(path, init)
      cookies = /__Host-sid=[^;]+/.exec(response.headers.getSetCookie().join())?.[0] ?? cookies
      return response
    })
    return { cookies, browser }
  }
})

describe('what pages may load', () => {
  it("is our own files and WeChat's one script", async () => {
    const server = await start()
    const policy = (await fetch(`${server.url}/`)).headers.get('content-security-policy') ?? ''
    // Not the hosts, on which much else lies.
    const scripts = ['res', 'res2'].map((host) => `https://${host}.wx.qq.com/open/js/jweixin-1.6.0.js`)
    expect(policy).toContain(`script-src 'self' ${scripts.join(' ')};`)
    expect(policy).toContain("object-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
})
