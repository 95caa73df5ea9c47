import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../testApi.testing.ts'

let api: TestApi
beforeEach(async () => void (api = await startTestApi()))
afterEach(() => api.close())

const secretOf = () => ({ appid: api.platform.account.appId, secret: api.platform.account.appSecret })
const STABLE = '/cgi-bin/stable_token'
const TICKET = '/cgi-bin/ticket/getticket'

describe('every API', () => {
  it('ends its errors in a request id, with a comma in sns, and answers there as text [errors-are-200] [sns-is-text]', async () => {
    const cgi = await api.get('/cgi-bin/token')
    expect(cgi['errmsg']).toMatch(/^appid missing rid: 68e77800-[0-9a-f]{8}-[0-9a-f]{8}$/)
    const sns = await api.fetch('/sns/userinfo?access_token=x&openid=y')
    expect(sns.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await sns.json()).toMatchObject({
      errcode: 40001,
      errmsg: expect.stringMatching(/^invalid credential, access_token is invalid or not latest, rid: /),
    })
  })

  it.each([
    ['GET', STABLE, '', 43002],
    ['POST', TICKET, '{}', 43001],
    ['POST', STABLE, '', 44002],
    ['POST', STABLE, '{"grant_type":', 47001],
    ['POST', STABLE, '[]', 47001],
    ['POST', STABLE, '{"appid":5}', 47001],
    ['POST', STABLE, '{}', 41002],
    ['POST', STABLE, 'x'.repeat(2_000_000), 47001],
    ['GET', '/cgi-bin/nothing', '', 40066],
    ['GET', '/sns/nothing', '', 40066],
    ['GET', '/cgi-bin/token', '', 41002],
    ['GET', '/cgi-bin/token?appid=wx0', '', 40013],
    ['GET', '/cgi-bin/token?appid=wx5a9d0c0ffee12345', '', 41004],
    ['GET', '/cgi-bin/token?appid=wx5a9d0c0ffee12345&secret=x', '', 40125],
    ['GET', '/cgi-bin/token?appid=wx5a9d0c0ffee12345&secret=00112233445566778899aabbccddeeff', '', 40002],
    ['GET', TICKET, '', 41001],
    ['GET', `${TICKET}?access_token=`, '', 41001],
    ['GET', `${TICKET}?access_token=a&access_token=b`, '', 41001],
    ['GET', `${TICKET}?access_token=x`, '', 40001],
    ['POST', '/cgi-bin/media/upload?access_token=x', '{}', 40001],
  ])('%s %s with %.20j is %s [request-form-errcodes]', async (method, path, body, errcode) => {
    const response = await api.fetch(path, { method, ...(body ? { body } : {}) })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ errcode })
  })

  it.each(['cgi-bin', 'sns', 'card', 'datacube', 'customservice', 'wxa'])(
    'below /%s an unknown path is answered in JSON [unknown-path]',
    async (root) => {
      const response = await api.fetch(`/${root}/nothing/here`, { method: 'POST', body: '{}' })
      expect([response.status, await response.json()]).toEqual([
        200,
        expect.objectContaining({ errcode: 40066 }),
      ])
    },
  )

  it('knows bad ticket types', async () => {
    expect(await api.get(TICKET, { type: 'other' })).toMatchObject({ errcode: 40097 })
    expect(await api.get(TICKET, { type: 'wx_card' })).toMatchObject({ errcode: 0, expires_in: 7200 })
  })

  it('answers 1,000 calls at once', { timeout: 60_000 }, async () => {
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        index % 2
          ? api.post(STABLE, { ...secretOf(), grant_type: 'client_credential' })
          : api.post(STABLE, 'garbage'),
      ),
    )
    expect(new Set(answers.map(({ errcode }) => errcode))).toEqual(new Set([47001, undefined]))
    expect(new Set(answers.map(({ access_token }) => access_token)).size).toBe(2)
  })

  it('outlives a caller who goes away in the middle of a body', async () => {
    await new Promise<void>((done) => {
      const headers = { 'content-length': '1000' }
      const half = request(`${api.platform.url}${STABLE}`, { method: 'POST', headers })
      half.on('error', () => done())
      half.write('{"appid"', () => half.destroy())
    })
    expect(await api.get(TICKET, { type: 'jsapi' })).toMatchObject({ errcode: 0 })
    await expect.poll(() => api.platform.calls.list().find(({ path }) => path === STABLE)?.status).toBe(0)
  })
})

describe('the switches', () => {
  const askStable = () => api.post(STABLE, { ...secretOf(), grant_type: 'client_credential' })
  const askTicket = () => api.get(TICKET, { type: 'jsapi' })

  it.each([
    ['ipRefused', 40164, 40164],
    ['secretFrozen', 40243, 0],
    ['quotaUsed', 45009, 45009],
    ['minuteQuotaUsed', 45011, 45011],
    ['busy', -1, -1],
    ['tokenTaken', 0, 40001],
  ] as const)('%s: a token gives %s, a ticket %s', async (name, ofToken, ofTicket) => {
    api.platform.switches.set(name, true)
    expect((await askStable())['errcode'] ?? 0).toBe(ofToken)
    expect(await askTicket()).toMatchObject({ errcode: ofTicket })
    api.platform.switches.reset()
    expect(await askStable()).toHaveProperty('access_token')
  })

  it.each([
    ['hang', /aborted/],
    ['reset', /fetch failed/],
    ['garbage', /not valid JSON/],
    ['error page', /status 502/],
  ] as const)('outage %s: every API, and nothing else', async (outage, failure) => {
    api.platform.switches.set('outage', outage)
    const { access_token } = api.platform.tokens.issueStable(false)
    const signal = AbortSignal.timeout(300)
    const asked = api
      .fetch(`${TICKET}?type=jsapi&access_token=${access_token}`, { signal })
      .then((response) => {
        if (!response.ok) throw new Error(`status ${response.status}`)
        return response.json()
      })
    await expect(asked).rejects.toThrow(failure)
    expect((await api.fetch('/avatars/lin.svg')).status).toBe(200)
    api.platform.switches.reset()
    expect(await askTicket()).toMatchObject({ errcode: 0 })
  })

  it('ipCheckedAt: older documents ask the whitelist only where tokens are fetched [ip-whitelist-every-api]', async () => {
    api.platform.switches.set('ipRefused', true)
    api.platform.switches.set('ipCheckedAt', 'token APIs')
    expect(await askStable()).toMatchObject({ errcode: 40164 })
    expect(await askTicket()).toMatchObject({ errcode: 0 })
  })

  it('the whitelist is asked for the exchange of a code as well, and after the AppID [order-of-checks] [sns-whitelist] [appid-first]', async () => {
    api.platform.switches.set('ipRefused', true)
    const exchange = (appid: string) =>
      api.get('/sns/oauth2/access_token', {
        ...secretOf(),
        appid,
        code: 'x',
        grant_type: 'authorization_code',
      })
    expect(await exchange(secretOf().appid)).toMatchObject({ errcode: 40164 })
    expect(await exchange('wx0000000000000000')).toMatchObject({ errcode: 40013 })
    const foreign = api.post(STABLE, { ...secretOf(), appid: 'wx0000000000000000' })
    expect(await foreign).toMatchObject({ errcode: 40013 })
  })

  it('expiredToken and ticketsRotate turn what is believed', async () => {
    const { access_token } = api.platform.tokens.issueClassic()
    const first = await askTicket()
    api.platform.switches.set('ticketsRotate', true)
    api.forward(7000)
    expect((await askTicket())['ticket']).not.toBe(first['ticket'])
    api.forward(200)
    const asked = () => api.get(TICKET, { type: 'jsapi', access_token })
    expect(await asked()).toMatchObject({ errcode: 42001 })
    api.platform.switches.set('expiredToken', '40001')
    expect(await asked()).toMatchObject({ errcode: 40001 })
  })
})

describe('the log of calls', () => {
  it('tells what happened, and no secret', async () => {
    const seen: string[] = []
    const stop = api.platform.calls.watch(({ path }) => seen.push(path))
    const { access_token } = await api.post(STABLE, { ...secretOf(), grant_type: 'client_credential' })
    const { ticket } = await api.get(TICKET, { type: 'jsapi', access_token: String(access_token) })
    const refused = await api.get('/cgi-bin/token', { ...secretOf(), appid: 'wx0' })
    await expect.poll(() => seen.length).toBe(3)
    stop()
    const calls = api.platform.calls.list()
    expect(calls).toMatchObject([
      { method: 'POST', path: STABLE, status: 200, errcode: 0, at: 1_760_000_000_000 },
      { method: 'GET', path: TICKET, query: { type: 'jsapi', access_token: '***' }, errcode: 0 },
      {
        path: '/cgi-bin/token',
        query: { appid: 'wx0', secret: '***' },
        errcode: 40013,
        errmsg: refused['errmsg'],
      },
    ])
    expect(String(refused['errmsg'])).toContain(String(calls[2]?.rid))
    for (const secret of [access_token, ticket, api.platform.account.appSecret])
      expect(JSON.stringify(calls)).not.toContain(secret)
  })

  it('notes faults as well: what was not an answer has no errcode', async () => {
    api.platform.faults.set(TICKET, { kind: 'reset' }, 1)
    await expect(api.get(TICKET)).rejects.toThrow()
    api.platform.faults.set(TICKET, { errcode: 45009 }, 1)
    await api.get(TICKET)
    await expect
      .poll(() => api.platform.calls.list())
      .toMatchObject([
        { status: 0, errcode: undefined },
        { status: 200, errcode: 45009 },
      ])
  })
})
