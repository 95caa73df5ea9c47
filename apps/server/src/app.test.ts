import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startRedisServer } from 'wechat-core/testing'
import { expectProblem, startTestServer, type TestServer } from './testing/testServer.ts'

const PAGE = 'https://h5.example.com/some/page?from=timeline'
const webRoot = mkdtempSync(join(tmpdir(), 'web-'))

let server: TestServer

beforeAll(() => {
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'assets/index-abc123.js'), 'export {}')
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>')
})
afterAll(() => rmSync(webRoot, { recursive: true }))
beforeEach(async () => {
  server = await startTestServer({
    env: { WECHAT_VERIFY_FILES: 'MP_verify_Ab12Cd34.txt' },
    webRoot,
  })
})
afterEach(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { redirect: 'manual', headers })
const signaturePath = (url: string) => `/api/wechat/signature?url=${encodeURIComponent(url)}`

describe('ownership files', () => {
  it('serves a configured one as plain text', async () => {
    const response = await get('/MP_verify_Ab12Cd34.txt')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('Ab12Cd34')
  })
  it('knows no other', async () => expectProblem(await get('/MP_verify_other.txt'), 404, 'not_found'))
})

describe('health', () => {
  it('is well and ready', async () => {
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
  })
  it('is not ready without a ticket, and says so', async () => {
    server.platform.faults.set('/cgi-bin/ticket/getticket', { errcode: 45009 })
    const response = await get('/readyz')
    expect(await response.clone().text()).toContain('jsapi_ticket')
    await expectProblem(response, 503, 'not_ready')
  })
})

describe('when the store is away', () => {
  it('pages are still signed, the rest says so, and nobody is logged out', async () => {
    const redis = await startRedisServer()
    const shared = await startTestServer({ env: { STORE_URL: redis.url } })
    const person = shared.browser()
    const address = await person('/api/wechat/oauth/authorize?returnTo=/me')
    const state = new URL(address.headers.get('location') ?? '').searchParams.get('state')
    const code = shared.platform.logins.issueCode(shared.platform.people[0], 'snsapi_base')
    await person(`/api/wechat/oauth/callback?code=${code}&state=${state}`)
    await fetch(shared.url + signaturePath(PAGE))

    await redis.stop()
    expect((await fetch(shared.url + signaturePath(PAGE))).status).toBe(200)
    expect((await fetch(`${shared.url}/readyz`)).status).toBe(503)
    await expectProblem(await person('/api/session'), 503, 'store_unavailable')

    await redis.start()
    const userOf = async () => (await (await person('/api/session')).json()).user
    await expect.poll(userOf, { timeout: 10_000 }).toMatchObject({ scope: 'snsapi_base' })
    await shared.close()
    await redis.close()
  }, 60_000)
})

describe('metrics', () => {
  it('metrics are off unless configured, and hold no secret', async () => {
    expect((await get('/metrics')).headers.get('content-type')).toMatch(/^text\/html/)
    const watched = await startTestServer({ env: { METRICS_PATH: '/metrics' } })
    // A proxy keeps exactly this path from the public: no other spelling may lead there.
    for (const path of ['/METRICS', '/metrics/', '/Metrics?x=1', '/%6detrics', '//metrics', '/./metrics/'])
      expect(await (await fetch(watched.url + path)).text(), path).not.toContain('wechat_')
    await fetch(watched.url + signaturePath(PAGE))
    const text = await (await fetch(`${watched.url}/metrics`)).text()
    expect(text).toContain('wechat_credential_refreshes_total{credential="jsapi_ticket",result="ok"} 1')
    expect(text).toMatch(/wechat_request_seconds_count\{path="\/cgi-bin\/stable_token",errcode="0"\} 1/)
    expect(text).not.toContain(watched.platform.account.appSecret)
    await watched.close()
  })
})

describe('pages', () => {
  const inlined = async (response: Response) => {
    const match = /<script type="application\/json" id="wechat">(.*?)<\/script>/.exec(await response.text())
    return JSON.parse(match?.[1] ?? 'null')
  }

  it.each(['/', '/me', '/any/other/page', '/a%20b'])('%s is the app, never cached', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it('carries a config for exactly the address that was asked for', async () => {
    const path = '/any/other/page?from=singlemessage&x=%E4%BD%A0'
    const { config, jssdkUrls } = await inlined(await get(path))
    const url = `https://h5.example.com${path}`
    expect(config.url).toBe(url)
    expect(server.platform.judgeJsapi({ ...config, timestamp: String(config.timestamp) }, [url]).ok).toBe(
      true,
    )
    expect(jssdkUrls).toEqual(expect.arrayContaining([expect.stringContaining('res.wx.qq.com')]))
  })

  it('on a second domain of ours the config is for that one; a foreign host changes nothing', async () => {
    const other = await startTestServer({ env: { WECHAT_JS_DOMAINS: 'h5.example.com,shop.example.org' } })
    const at = async (host: string) => {
      const headers = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }
      return (await inlined(await fetch(`${other.url}/me`, { headers }))).config.url
    }
    expect(await at('shop.example.org')).toBe('https://shop.example.org/me')
    expect(await at('evil.example')).toBe('https://h5.example.com/me')
    await other.close()
  })

  it('comes without a config, but comes, when WeChat fails', async () => {
    server.platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
    const response = await get('/')
    expect(response.status).toBe(200)
    expect((await inlined(response)).config).toBeUndefined()
  })

  it('text in an address cannot break out of the page', async () => {
    const html = await (await get('/x?a=</script><script>alert(1)</script>')).text()
    expect(html).not.toContain('<script>alert')
  })
})

describe('files', () => {
  it('assets stay forever, a missing one is 404 and not HTML', async () => {
    const response = await get('/assets/index-abc123.js')
    expect(response.headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/)
    await expectProblem(await get('/assets/index-old.js'), 404, 'not_found')
    // Also for who would take HTML: what is kept as a script must never be a page.
    const navigated = await fetch(`${server.url}/assets/index-old.js`, { headers: { accept: 'text/html' } })
    await expectProblem(navigated, 404, 'not_found')
  })
  it('other files are served, missing ones are 404', async () => {
    expect((await get('/favicon.svg')).status).toBe(200)
    await expectProblem(await get('/missing.png'), 404, 'not_found')
  })
  it.each(['/api', '/api/nothing', '/assets/../../package.json', '/.env'])('%s is 404', async (path) => {
    expect((await get(path)).status).toBe(404)
  })
  it('a browser that navigates gets a page', async () => {
    const response = await get('/api/nothing', { accept: 'text/html,*/*' })
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('not_found')
  })
  it('protective headers are on every answer', async () => {
    const { headers } = await get('/')
    expect(headers.get('content-security-policy')).toContain("script-src 'self' https://res.wx.qq.com/")
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})
