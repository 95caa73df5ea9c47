// Behind a proxy that ends TLS, as in production.
import { request, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTlsFront, type TlsFront } from 'wechat-sandbox/testing'
import { logIn } from '../testing/loginSteps.ts'
import { startTestServer, type Browser, type TestServer } from '../testing/testServer.ts'

const HOST = 'h5.example.com'
let server: TestServer
let front: TlsFront

beforeEach(async () => {
  server = await startTestServer({ mode: 'safe' })
  front = await startTlsFront({ [HOST]: server.url })
})
afterEach(async () => {
  await front.close()
  await server.close()
})

/** Asks through the proxy, as somebody outside would. */
function ask(path: string, init: RequestOptions & { body?: string } = {}): Promise<Response> {
  const { body, ...options } = init
  return new Promise((done, fail) => {
    const sent = request(
      { host: '127.0.0.1', port: front.port, path, servername: HOST, rejectUnauthorized: false, ...options },
      (res) => {
        const headers = new Headers()
        for (let i = 0; i < res.rawHeaders.length; i += 2)
          headers.append(res.rawHeaders[i] ?? '', res.rawHeaders[i + 1] ?? '')
        text(res).then((answer) => done(new Response(answer, { status: res.statusCode ?? 0, headers })), fail)
      },
    )
    sent.setHeader('host', HOST)
    sent.on('error', fail)
    sent.end(body)
  })
}

describe('TRUST_PROXY', () => {
  it('a login holds, with a cookie for https only', async () => {
    let cookies: string[] = []
    const browser: Browser = async (path, { method = 'GET' } = {}) => {
      const cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ')
      const response = await ask(path, { method, headers: { cookie } })
      cookies = [...cookies, ...response.headers.getSetCookie()]
      return response
    }
    const { userOf } = await logIn(server, browser)
    expect(await userOf()).toMatchObject({ nickname: '小晴' })
    for (const cookie of cookies) expect(cookie).toContain('Secure')
  })

  it('a push arrives whole, and its encrypted reply goes back', async () => {
    const [person] = server.platform.people
    const push = { msgType: 'text', content: '文章' } as const
    const { url, ...made } = server.platform.push.request(person, push)
    const { pathname, search } = new URL(url)
    const response = await ask(pathname + search, made)
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/^<xml><Encrypt>/) // demo
  })

  it('limits count the address that the proxy names', async () => {
    const statuses = new Set<number>()
    // Twice the limit, in case that the minute turns over in between.
    for (let i = 0; i < 650 && !statuses.has(429); i++) {
      const headers = { 'x-forwarded-for': `10.1.1.${i % 200}` } // made up by the client: not believed
      statuses.add((await ask('/api/wechat/signature?url=x', { headers })).status)
    }
    expect(statuses).toEqual(new Set([400, 429]))
  })
})
