import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startRedisServer } from 'wechat-core/testing'
import type { Fault } from 'wechat-sandbox'
import { expectProblem, startTestServer, type TestServer } from './testing/testServer.ts'

const PAGE = 'https://h5.example.com/articles/first-share-card?from=timeline'
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
const asked = (path: string) => server.platform.requests.get(path) ?? 0

describe('GET /api/wechat/signature', () => {
  it('signs exactly the given page, for WeChat to accept', async () => {
    const response = await get(signaturePath(`${PAGE}#comments`))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { appId, timestamp, nonceStr, signature, url } = await response.json()
    expect(url).toBe(PAGE)
    expect(Number.isInteger(timestamp)).toBe(true)
    const claim = { appId, timestamp: String(timestamp), nonceStr, signature }
    expect(server.platform.judgeJsapi(claim, [PAGE])).toEqual({ ok: true, url: PAGE })
  })

  it('200 cold requests at once cause 1 token and 1 ticket request', async () => {
    server.platform.faults.latency = 50
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, i) => get(signaturePath(`${PAGE}&i=${i}`))),
    )
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
    expect([asked('/cgi-bin/stable_token'), asked('/cgi-bin/ticket/getticket')]).toEqual([1, 1])
  })

  it('carries the headers of every other answer, and sets no cookie', async () => {
    const [one, other] = [await get(signaturePath(PAGE), { cookie: '__Host-sid=x' }), await get('/healthz')]
    const protective = (response: Response) =>
      [...response.headers].filter(([name]) =>
        /^(content-security|cross-|origin-|referrer|strict-|x-)/.test(name),
      )
    const varying = ([name]: string[]) => name !== 'x-request-id'
    expect(protective(one).filter(varying)).toEqual(protective(other).filter(varying))
    expect(protective(one).length).toBeGreaterThan(10)
    expect(one.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(one.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(one.headers.getSetCookie()).toEqual([])
  })

  it('refresh=1 asks WeChat at most once a minute', async () => {
    await get(signaturePath(PAGE))
    await Promise.all(Array.from({ length: 50 }, () => get(`${signaturePath(PAGE)}&refresh=1`)))
    expect(asked('/cgi-bin/ticket/getticket')).toBe(2)
  })

  it('refresh=1 says in how many seconds WeChat may be asked again', async () => {
    const first = await get(`${signaturePath(PAGE)}&refresh=1`)
    const seconds = Number(first.headers.get('wechat-recheck-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    const again = Number((await get(`${signaturePath(PAGE)}&refresh=1`)).headers.get('wechat-recheck-after'))
    expect(again).toBeLessThanOrEqual(seconds)
    expect((await get(signaturePath(PAGE))).headers.get('wechat-recheck-after')).toBeNull()
  })

  it.each([
    ['no url', '/api/wechat/signature'],
    ['an empty url', '/api/wechat/signature?url='],
    ['a repeated url', `${signaturePath(PAGE)}&url=${encodeURIComponent(PAGE)}`],
    ['a path', signaturePath('/articles/a')],
    ['another scheme', signaturePath('ftp://h5.example.com/')],
    ['a long url', signaturePath(`https://h5.example.com/${'a'.repeat(2048)}`)],
    ['a nested parameter', '/api/wechat/signature?url[a]=https://h5.example.com/'],
  ])('%s is 400 invalid_url', async (_case, path) => expectProblem(await get(path), 400, 'invalid_url'))

  it.each(['https://evil.example/', 'https://h5.example.com.evil.example/', 'http://127.0.0.1/'])(
    '%s is 403 url_not_allowed',
    async (url) => expectProblem(await get(signaturePath(url)), 403, 'url_not_allowed'),
  )

  it('who only sends what is refused is told to wait', async () => {
    const responses = await Promise.all(
      Array.from({ length: 301 }, () => get(signaturePath('https://evil.example/'))),
    )
    expect(responses.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1)
    await expectProblem(await get(signaturePath('https://evil.example/')), 429, 'too_many_requests')
    // Thousands of people may share this address: what is asked rightly is still answered.
    expect((await get(signaturePath(PAGE))).status).toBe(200)
  })

  it.each<[Fault, number, string]>([
    [{ errcode: 40164 }, 502, 'wechat_40164'],
    [{ errcode: 40125 }, 502, 'wechat_40125'],
    [{ errcode: -1 }, 503, 'wechat_-1'],
    [{ errcode: 45009 }, 503, 'wechat_45009'],
    [{ errcode: 45011 }, 503, 'wechat_45011'],
    [{ errcode: 40001 }, 502, 'wechat_40001'], // asked with the AppSecret: the secret is wrong, later changes nothing
    [{ kind: 'hang' }, 504, 'wechat_timeout'],
    [{ kind: 'reset' }, 502, 'wechat_unreachable'],
    [{ status: 500 }, 502, 'wechat_bad_response'],
  ])(
    'upstream %j becomes %i %s with a hint, and nothing secret is told or logged',
    async (fault, status, code) => {
      server.platform.faults.set('/cgi-bin/stable_token', fault)
      const response = await get(signaturePath(PAGE))
      const body = await response.text()
      expect(response.status).toBe(status)
      expect(JSON.parse(body)).toMatchObject({ code, hint: expect.stringMatching(/\w/) })
      for (const text of [body, server.log()]) expect(text).not.toContain(server.platform.account.appSecret)
      expect(server.log()).toContain(code)
    },
  )
})

describe('articles', () => {
  it('lists and shows them', async () => {
    const list = await (await get('/api/articles')).json()
    expect(Object.keys(list[0]).sort()).toEqual(['cover', 'lang', 'publishedAt', 'slug', 'summary', 'title'])
    const one = await (await get(`/api/articles/${list[0].slug}`)).json()
    expect(one).toMatchObject(list[0])
    expect(one.html).toContain('<p>')
  })

  it.each(['nothing', '__proto__', '..%2F..%2Fpackage', 'constructor'])('%s is 404', async (slug) => {
    await expectProblem(await get(`/api/articles/${slug}`), 404, 'article_not_found')
  })
})

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

describe('eyes', () => {
  it('hints come in the language of the reader', async () => {
    server.platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
    const hintIn = async (language: string) =>
      (await (await get(signaturePath(PAGE), { 'accept-language': language })).json()).hint
    expect(await hintIn('zh-CN,zh;q=0.9')).toContain('白名单')
    expect(await hintIn('en-GB')).toContain('whitelist')
  })

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

  it.each(['/', '/me', '/articles/first-share-card', '/any/other/page', '/a%20b'])(
    '%s is the app, never cached',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    },
  )

  it('carries title, description and picture', async () => {
    const html = await (await get('/articles/first-share-card')).text()
    expect(html).toContain('<title>从零到第一张分享卡片</title>')
    expect(html).toContain(
      '<meta property="og:image" content="https://h5.example.com/covers/first-share-card.jpg">',
    )
    expect(html).toMatch(/<meta property="og:description" content="[^"]{10,}">/)
  })

  it('carries a config for exactly the address that was asked for', async () => {
    const path = '/articles/first-share-card?from=singlemessage&x=%E4%BD%A0'
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

  it('an unknown article is 404, with the app to say so', async () => {
    const response = await get('/articles/nothing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it('comes without a config, but comes, when WeChat fails', async () => {
    server.platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
    const response = await get('/')
    expect(response.status).toBe(200)
    expect((await inlined(response)).config).toBeUndefined()
  })

  it('text in an address can not break out of the page', async () => {
    const html = await (await get('/x?a=</script><script>alert(1)</script>')).text()
    expect(html).not.toContain('<script>alert')
  })
})

describe('files', () => {
  it('assets stay forever, a missing one is 404 and not HTML', async () => {
    const response = await get('/assets/index-abc123.js')
    expect(response.headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/)
    await expectProblem(await get('/assets/index-old.js'), 404, 'not_found')
  })
  it('other files are served, missing ones are 404', async () => {
    expect((await get('/favicon.svg')).status).toBe(200)
    await expectProblem(await get('/missing.png'), 404, 'not_found')
  })
  it.each(['/api', '/api/nothing', '/assets/../../package.json', '/.env'])('%s is 404', async (path) => {
    expect((await get(path)).status).toBe(404)
  })
  it('a path that can not be decoded is 400', async () =>
    expectProblem(await get('/api/articles/%E0%A4%A'), 400, 'bad_request'))
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
