import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Fault } from 'wechat-sandbox'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

const PAGE = 'https://h5.example.com/some/page?from=timeline'
let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { redirect: 'manual', headers })
const signaturePath = (url: string) => `/api/wechat/signature?url=${encodeURIComponent(url)}`
const asked = (path: string) => server.platform.requests.get(path) ?? 0

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
  'upstream %j becomes %i %s with a hint, and nothing secret is shown or logged',
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

it('hints come in the language of the reader', async () => {
  server.platform.faults.set('/cgi-bin/stable_token', { errcode: 40164 })
  const hintIn = async (language: string) =>
    (await (await get(signaturePath(PAGE), { 'accept-language': language })).json()).hint
  expect(await hintIn('zh-CN,zh;q=0.9')).toContain('白名单')
  expect(await hintIn('en-GB')).toContain('whitelist')
})
