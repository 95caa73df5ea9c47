import { once } from 'node:events'
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPlatform, type Platform } from '../platform/platform.ts'
import { createFront } from './front.ts'

const KEY = 'k3y_of-this-start'
const TUNNEL = 'abc.tunnel.example.com'

let site: Server
let front: Server
let platform: Platform
let seen: { url: string; headers: IncomingHttpHeaders }[] = []
let port: number
let sitePort: number

beforeAll(async () => {
  site = createServer((req, res) => {
    seen.push({ url: req.url ?? '', headers: req.headers })
    res.setHeader('content-type', 'text/html').end('<html><head></head><body>the site</body></html>')
  })
  sitePort = await portOf(site)
  platform = createPlatform({ siteOrigin: `https://${TUNNEL}` })
  front = createFront({ platform, siteUrl: `http://127.0.0.1:${sitePort}`, key: KEY, isPublic: false })
  port = await portOf(front)
})
beforeEach(() => void (seen = []))
afterAll(() => {
  for (const server of [front, site]) {
    server.closeAllConnections()
    server.close()
  }
})

// A page that names this machine under its own host, what came through a tunnel, and a tunnel that rewrites Host.
const STRANGERS: [name: string, headers: Record<string, string>][] = [
  ['a name that was pointed here (DNS rebinding)', { host: 'evil.example:5173' }],
  ['the tunnel', { host: TUNNEL }],
  ['a tunnel that writes localhost into Host', { host: 'localhost:5173', 'x-forwarded-for': '203.0.113.9' }],
  ['a tunnel that says only its own name', { host: '127.0.0.1', 'x-forwarded-host': TUNNEL }],
  ['a name that begins like ours', { host: 'localhost.evil.example' }],
  ['a wrong key', { host: TUNNEL, cookie: 'wechat_key=k3y_of-this-star' }],
]
const CONTROL: [method: string, path: string, body?: string][] = [
  ['GET', '/phone/state'],
  ['GET', '/phone/activity'],
  ['GET', '/phone/events'],
  ['GET', '/phone/conversation'],
  ['GET', '/phone/phone.js'],
  ['POST', '/phone/device', '{"os":"android"}'],
  ['POST', '/phone/clock', '{"seconds":1}'],
  ['POST', '/phone/act', '{"kind":"follow"}'],
  ['POST', '/phone/open', '{"url":"/"}'],
  ['POST', '/phone/share', '{}'],
  ['POST', '/phone/answered', '{"id":"1","answer":1}'],
  ['GET', '/phone/page'],
  ['GET', '/phone/tab'],
  ['GET', '/openapi.json'],
  ['POST', '/phone/server', '{"url":"http://127.0.0.1:1/"}'],
  ['POST', '/native', '{"type":"menu","document":"d"}'],
  ['GET', '/bridge.js'],
  ['GET', '/cgi-bin/token?grant_type=client_credential'],
  ['POST', '/cgi-bin/stable_token', '{}'],
  ['GET', '/sns/userinfo'],
]
const NEEDED = [
  '/open/js/jweixin-1.6.0.js',
  '/avatars/lin.svg',
  '/pictures/noon.png',
  '/connect/oauth2/authorize',
]
const SPELLINGS = [
  '/__wechat/connect/../phone/state',
  '/__wechat/open/js/../../phone/state',
  '/__wechat/open/js/..%2f..%2fphone/state',
  '/__wechat/%2e%2e/__wechat/phone/state',
  '/__WECHAT/PHONE/STATE',
  '/%5f%5fwechat/phone/state',
  '//__wechat/phone/state',
  '/__wechat//phone/state',
  '/./__wechat/phone/state',
  '/__wechat/phone/state/',
  '/__wechat/phone/%73tate',
  '/__wechat;a/phone/state',
  '/__wechat\\phone/state',
  'http://localhost/__wechat/phone/state',
]

describe.each(STRANGERS)('%s', (_name, headers) => {
  it('does not control the sandbox', async () => {
    const state = () => JSON.stringify([platform.clock.ahead(), [...platform.requests]])
    const before = state()
    for (const [method, path, body] of CONTROL) {
      const answer = await ask(`/__wechat${path}`, { method, headers, body })
      expect([path, answer.status, answer.body]).toEqual([path, 403, expect.stringContaining('with the key')])
    }
    expect(state()).toBe(before)
  })

  it('gets the site, and no phone', async () => {
    for (const dest of ['document', 'iframe', 'empty']) {
      const answer = await ask('/', {
        headers: { 'user-agent': 'Firefox', ...headers, 'sec-fetch-dest': dest },
      })
      expect(answer.body).toBe('<html><head></head><body>the site</body></html>')
    }
    expect(seen.map((one) => one.headers['user-agent'])).toEqual(['Firefox', 'Firefox', 'Firefox'])
  })

  it('gets what a visited page needs', async () => {
    for (const path of NEEDED)
      expect([path, (await ask(`/__wechat${path}`, { headers })).status]).toEqual([path, 200])
  })

  it('gets around it by no spelling of a path', async () => {
    for (const path of SPELLINGS)
      expect([path, (await ask(path, { headers })).body.includes('"switches"')]).toEqual([path, false])
  })
})

describe('the key', () => {
  it('is taken from the address once, and is a cookie from then on', async () => {
    const first = await ask(`/articles/a?x=1&wechat_key=${KEY}`, { headers: { host: TUNNEL } })
    expect(first).toMatchObject({ status: 303, headers: { location: '/articles/a?x=1' } })
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^wechat_key=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
    const headers = { host: TUNNEL, cookie: `a=1; ${cookie.split(';')[0]}; b=2` }
    expect((await ask('/__wechat/phone/state', { headers })).status).toBe(200)
    const visit = { ...headers, 'sec-fetch-dest': 'document' }
    expect((await ask('/articles/a', { headers: visit })).body).toContain('id="webview"')
    expect(seen).toEqual([]) // the site is asked by the phone's frame
    await ask('/articles/a', { headers: { ...headers, 'sec-fetch-dest': 'iframe' } })
    expect(seen[0]?.headers.cookie).toBe('a=1; b=2')
  })

  it('is Secure behind https', async () => {
    const headers = { host: TUNNEL, 'x-forwarded-proto': 'https' }
    const { headers: got } = await ask(`/?wechat_key=${KEY}`, { headers })
    expect(got['set-cookie']?.[0]).toContain('; Secure')
  })

  it.each(['//evil.example/x', '/\\evil.example/', '///evil.example'])(
    'leads to no other site: %s',
    async (path) => {
      const { headers } = await ask(`${path}?wechat_key=${KEY}`, { headers: { host: TUNNEL } })
      expect(new URL(String(headers.location), `https://${TUNNEL}`).host).toBe(TUNNEL)
    },
  )

  it('is not guessed where none was set', async () => {
    const keyless = createFront({ platform, siteUrl: `http://127.0.0.1:${sitePort}` })
    const at = await portOf(keyless)
    for (const cookie of ['wechat_key=', 'wechat_key=undefined', ''])
      expect((await ask('/__wechat/phone/state', { at, headers: { host: TUNNEL, cookie } })).status).toBe(403)
    keyless.closeAllConnections()
    keyless.close()
  })
})

describe('where the site is on a tunnel', () => {
  let tunneled: Server
  let at: number
  beforeAll(async () => {
    tunneled = createFront({ platform, siteUrl: `http://127.0.0.1:${sitePort}`, key: KEY })
    at = await portOf(tunneled)
  })
  afterAll(() => {
    tunneled.closeAllConnections()
    tunneled.close()
  })
  // What nginx sends by default, and what a stranger can write himself through a tunnel of bare TCP.
  it.each(['127.0.0.1:5173', 'localhost:5173', '[::1]'])(
    '%s as Host opens nothing without the key',
    async (host) => {
      for (const [method, path, body] of CONTROL)
        expect((await ask(`/__wechat${path}`, { at, method, headers: { host }, body })).status).toBe(403)
      const visit = { host, 'sec-fetch-dest': 'document' }
      expect((await ask('/', { at, headers: visit })).body).toContain('the site')
      const headers = { host, cookie: `wechat_key=${KEY}` }
      expect((await ask('/__wechat/phone/state', { at, headers })).status).toBe(200)
    },
  )
})

describe("a page of another site in the developer's browser", () => {
  const own = () => ({ host: `localhost:${port}` })
  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' }, // another port of this machine
  ])('changes nothing: %j', async (headers) => {
    for (const [method, path, body] of CONTROL) {
      const answer = await ask(`/__wechat${path}`, { method, headers: { ...own(), ...headers }, body })
      expect([path, answer.status]).toEqual([path, 403])
    }
  })
  it('but a program does, and who types the address', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'none' }] as Record<string, string>[])
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]:8080', 'LOCALHOST'])
        expect((await ask('/__wechat/phone/state', { headers: { ...headers, host } })).status).toBe(200)
    const change = { method: 'POST', body: '{"seconds":0}', headers: own() }
    expect((await ask('/__wechat/phone/clock', change)).status).toBe(200)
  })
})

describe('a page of the site itself, which has the same origin as the phone', () => {
  const browser = () => ({
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    referer: `http://localhost:${port}/__wechat/phone/launcher?phone=a`,
  })
  const keyOf = (text: string) => /name="wechat-phone-key" content="([\w-]{24})"/.exec(text)?.[1]
  const forPage = ['/phone/phone.js', '/native', '/bridge.js', '/openapi.json', '/cgi-bin/', '/sns/']
  const control = CONTROL.filter(([, path]) => !forPage.some((one) => path.startsWith(one)))

  it('controls nothing, and finds the key nowhere', async () => {
    const before = platform.clock.ahead()
    for (const [method, path, body] of control)
      for (const wrong of ['', 'A'.repeat(24), 'é'.repeat(24)]) {
        const headers = { ...browser(), 'wechat-phone-key': wrong }
        const answer = await ask(`/__wechat${path}`, { method, headers, body })
        expect([path, answer.status]).toEqual([path, 403])
      }
    expect(platform.clock.ahead()).toBe(before)
    for (const dest of ['empty', 'iframe', 'frame', 'object', 'embed', 'image', 'script', 'worker'])
      for (const path of ['/', '/articles/a', '/__wechat/phone/tab', '/__wechat/phone/launcher'])
        expect(keyOf((await ask(path, { headers: { ...browser(), 'sec-fetch-dest': dest } })).body)).toBe(
          undefined,
        )
  })

  it('but the phone does, by the key in its own document', async () => {
    for (const path of ['/', '/__wechat/phone/tab']) {
      const visit = { host: `localhost:${port}`, 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }
      const { body, headers } = await ask(path, { headers: visit })
      expect(headers['cache-control']).toBe('no-store')
      const key = keyOf(body) ?? ''
      const change = {
        method: 'POST',
        body: '{"seconds":0}',
        headers: { ...browser(), 'wechat-phone-key': key },
      }
      expect((await ask('/__wechat/phone/clock', change)).status).toBe(200)
      expect((await ask(`/__wechat/phone/state?key=${key}`, { headers: browser() })).status).toBe(200)
    }
  })

  it('and still has its bridge', async () => {
    const message = { method: 'POST', body: '{"type":"menu","document":"d"}', headers: browser() }
    expect((await ask('/__wechat/bridge.js', { headers: browser() })).status).toBe(200)
    expect((await ask('/__wechat/native', message)).status).not.toBe(403)
  })
})

describe('the address of the server configuration', () => {
  const save = async (url: string, headers: Record<string, string> = { host: 'localhost' }) => {
    const answer = await ask('/__wechat/phone/server', {
      method: 'POST',
      headers,
      body: JSON.stringify({ url }),
    })
    return { status: answer.status, error: (JSON.parse(answer.body) as { error?: string }).error ?? '' }
  }
  const withKey = { host: TUNNEL, cookie: `wechat_key=${KEY}` }

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://192.168.0.1/',
    'http://10.0.0.1:22/',
    'http://example.com/',
    'http://localhost.example.com/',
    'http://localhost@example.com/',
    'http://0.0.0.0:1/',
    `https://other.${TUNNEL}/`,
    `http://${TUNNEL}/`,
  ])('%s is never asked, and each such answer is the same', async (url) => {
    const answer = await save(url)
    expect(answer).toEqual(await save('http://192.0.2.1/'))
    expect(answer).toMatchObject({ status: 400, error: expect.stringContaining(`or on https://${TUNNEL}`) })
  })

  it("tells nothing of this machine's ports, open or closed", async () => {
    const other = createServer((_req, res) => void res.writeHead(404).end())
    const open = await portOf(other)
    const closed = await save('http://127.0.0.1:1/')
    expect(closed).toMatchObject({
      status: 400,
      error: expect.stringContaining('proved that it knows the token'),
    })
    expect(await save(`http://127.0.0.1:${open}/`)).toEqual(closed)
    other.close()
    let asked = 0
    const spied = createServer((_req, res) => void (asked++, res.end()))
    const spiedPort = await portOf(spied)
    expect((await save(`http://127.0.0.1:${spiedPort}/`, withKey)).error).toContain(
      'only the site under test',
    )
    expect(asked).toBe(0)
    spied.close()
  })

  it('tells everything of the site under test, here and through a tunnel', async () => {
    for (const headers of [{ host: 'localhost' }, withKey])
      expect(await save(`http://127.0.0.1:${sitePort}/push`, headers)).toMatchObject({
        status: 400,
        error: 'token验证失败: the body is not the echostr and nothing else',
      })
  })

  it('is saved for any server on this machine that knows the token', async () => {
    const proving = createServer((req, res) => {
      res.end(new URL(req.url ?? '', 'http://x').searchParams.get('echostr'))
    })
    const url = `http://localhost:${await portOf(proving, 'localhost')}/push`
    expect(await save(url)).toEqual({ status: 200, error: '' })
    expect(platform.account.push.url).toBe(url)
    proving.closeAllConnections()
    proving.close()
  })
})

async function portOf(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

// Node's own client: fetch sets Host and cleans paths.
function ask(
  path: string,
  { method = 'GET', headers = {}, body, at = port }: Asking = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    asked.on('error', fail).end(body)
  })
}
interface Asking {
  method?: string
  headers?: Record<string, string>
  body?: string | undefined
  at?: number
}
