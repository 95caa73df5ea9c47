import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

const ORIGIN = 'https://h5.example.com'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50'
const METRIC = 'wechat_page_verdicts_total'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { METRICS_PATH: '/metrics' } })
})
afterAll(() => server.close())

const report = (body: unknown, headers: Record<string, string> = {}, to = server) =>
  fetch(`${to.url}/api/share-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, 'user-agent': IPHONE, ...headers },
    body: JSON.stringify(body),
  })
const counted = async () =>
  (await (await fetch(`${server.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(METRIC))
const toldOf = async (to: TestServer) =>
  /id="visit">(.*?)<\/script>/.exec(await (await fetch(`${to.url}/me`)).text())?.[1] ?? '{}'

it('what phones say of their cards is in the metrics, and nothing of the person', async () => {
  const android = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50 miniProgram/wx0'
  for (let i = 0; i < 2; i++) expect((await report({ outcome: 'ready' })).status).toBe(204)
  await report({ outcome: 'failed', code: 'config_refused' }, { 'user-agent': android })
  await report(
    { outcome: 'failed' },
    { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) wxwork/4.1 MicroMessenger/7' },
  )
  expect(await counted()).toEqual([
    `${METRIC}{platform="ios",client="wechat",code="ready"} 2`,
    `${METRIC}{platform="android",client="mini_program",code="config_refused"} 1`,
    `${METRIC}{platform="other",client="wecom",code="failed"} 1`,
  ])
})

it('whatever strangers make up is one line more for each kind of phone', async () => {
  const before = (await counted()).length
  for (let i = 0; i < 50; i++)
    expect(
      (await report({ outcome: `made${i}`, code: `up"\n${i}` }, { 'user-agent': `curl/${i}` })).status,
    ).toBe(204)
  expect(await counted()).toContain(`${METRIC}{platform="other",client="other",code="other"} 50`)
  expect((await counted()).length).toBe(before + 1)
})

it.each<[string, unknown]>([
  ['nothing', {}],
  ['no text', { outcome: 7 }],
  ['an empty outcome', { outcome: '' }],
  ['an endless outcome', { outcome: 'x'.repeat(2000) }],
  ['an endless code', { outcome: 'failed', code: 'x'.repeat(2000) }],
  ['a code that is no text', { outcome: 'failed', code: [1] }],
])('a report with %s is refused', async (_case, body) => {
  expect((await report(body)).status).toBe(400)
})

it('reports of other sites are not taken', async () => {
  await expectProblem(
    await report({ outcome: 'ready' }, { origin: 'https://evil.example' }),
    403,
    'foreign_origin',
  )
})

it('pages are asked to report where somebody reads it, as often as SHARE_REPORT_SAMPLE says', async () => {
  expect(JSON.parse(await toldOf(server))).toMatchObject({ reports: true })
  const sampled = await startTestServer({ env: { METRICS_PATH: '/metrics', SHARE_REPORT_SAMPLE: '0' } })
  const unread = await startTestServer()
  for (const one of [sampled, unread]) {
    expect(await toldOf(one)).not.toContain('reports')
    expect((await report({ outcome: 'ready' }, {}, one)).status).toBe(204)
    await one.close()
  }
})
