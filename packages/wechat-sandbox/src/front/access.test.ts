import type { IncomingHttpHeaders, Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPlatform } from '../platform/platform.ts'
import { createFront } from './front.ts'
import { askPort, CONTROL } from './sandboxRequests.testing.ts'
import { listen, startSiteFront, type SiteFront } from './siteFront.testing.ts'

const KEY = 'k3y_of-this-start'
const TUNNEL = 'abc.tunnel.example.com'

const platform = createPlatform({ siteOrigin: `https://${TUNNEL}` })
let front: SiteFront
let seen: { url: string; headers: IncomingHttpHeaders }[] = []

beforeAll(async () => {
  front = await startSiteFront(
    (req, res) => {
      seen.push({ url: req.url ?? '', headers: req.headers })
      res.setHeader('content-type', 'text/html').end('<html><head></head><body>the site</body></html>')
    },
    { platform, key: KEY, isPublic: false },
  )
})
beforeEach(() => void (seen = []))
afterAll(() => front.close())

const ask = (path: string, asking?: Parameters<typeof askPort>[2]) => askPort(front.port, path, asking)

// A page that names this machine under its own host, what came through a tunnel, and a tunnel that rewrites Host.
const STRANGERS: [name: string, headers: Record<string, string>][] = [
  ['a name that was pointed here (DNS rebinding)', { host: 'evil.example:5173' }],
  ['the tunnel', { host: TUNNEL }],
  ['a tunnel that writes localhost into Host', { host: 'localhost:5173', 'x-forwarded-for': '203.0.113.9' }],
  ['a tunnel that says only its own name', { host: '127.0.0.1', 'x-forwarded-host': TUNNEL }],
  ['a name that begins like ours', { host: 'localhost.evil.example' }],
  ['a wrong key', { host: TUNNEL, cookie: 'wechat_key=k3y_of-this-star' }],
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
    const keyless = createFront({ platform, siteUrl: front.siteUrl })
    const at = await listen(keyless)
    for (const cookie of ['wechat_key=', 'wechat_key=undefined', ''])
      expect((await askPort(at, '/__wechat/phone/state', { headers: { host: TUNNEL, cookie } })).status).toBe(
        403,
      )
    keyless.closeAllConnections()
    keyless.close()
  })
})

describe('where the site is on a tunnel', () => {
  let tunneled: Server
  let at: number
  beforeAll(async () => {
    tunneled = createFront({ platform, siteUrl: front.siteUrl, key: KEY })
    at = await listen(tunneled)
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
        expect((await askPort(at, `/__wechat${path}`, { method, headers: { host }, body })).status).toBe(403)
      const visit = { host, 'sec-fetch-dest': 'document' }
      expect((await askPort(at, '/', { headers: visit })).body).toContain('the site')
      const headers = { host, cookie: `wechat_key=${KEY}` }
      expect((await askPort(at, '/__wechat/phone/state', { headers })).status).toBe(200)
    },
  )
})

describe("a page of another site in the developer's browser", () => {
  const own = () => ({ host: `localhost:${front.port}` })
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
      for (const host of [`localhost:${front.port}`, `127.0.0.1:${front.port}`, '[::1]:8080', 'LOCALHOST'])
        expect((await ask('/__wechat/phone/state', { headers: { ...headers, host } })).status).toBe(200)
    const change = { method: 'POST', body: '{"seconds":0}', headers: own() }
    expect((await ask('/__wechat/phone/clock', change)).status).toBe(200)
  })
})
