import { afterAll, beforeAll, expect, it } from 'vitest'
import { afterFirstRead } from '../../testing/afterFirstRead.ts'
import { logIn } from '../../testing/loginSteps.ts'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../../testing/testServer.ts'

const ORIGIN = 'https://h5.example.com'
const SLUG = 'first-share-card'
const PATH = `/articles/${SLUG}`
const FIGURES = `/api/admin/articles/${SLUG}/shares`
const PHONE = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50'

let server: TestServer
let admin: Browser
/** Whoever shared the card first. */
let sharer: Browser
beforeAll(async () => {
  server = await startTestServer()
  admin = (await logIn(server, server.browser(), 0)).browser
  sharer = (await logIn(server, server.browser(), 1)).browser
})
afterAll(() => server.close())

/** Opens a page as somebody, and gives the share id that their card has. */
async function open(browser: Browser, path = PATH, userAgent = PHONE): Promise<string | undefined> {
  const html = await (await browser(path, { headers: { 'user-agent': userAgent } })).text()
  const page = JSON.parse(
    /<script type="application\/json" id="visit">(.*?)<\/script>/.exec(html)?.[1] ?? '{}',
  )
  return page.shareId
}
const tell = (browser: Browser, body: object, more: Record<string, string> = {}) =>
  browser('/api/visits', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, 'user-agent': PHONE, ...more },
    body: JSON.stringify(body),
  })
const figures = async () => (await admin(FIGURES)).json()
const mine = async (browser: Browser) => (await (await browser('/api/me/shares')).json()) as unknown

it('what came of a person’s shares, also through others', async () => {
  const s = await open(sharer)
  expect(s).toMatch(/^[\w-]{20}$/)
  expect(await open(sharer)).toBe(s)
  expect((await tell(sharer, { path: PATH })).status).toBe(204)

  const friend = server.browser()
  const theirs = await open(friend, `${PATH}?from=groupmessage&s=${s}`)
  expect(theirs).not.toBe(s)
  await tell(friend, { path: PATH, s, from: 'groupmessage' })
  await tell(friend, { path: PATH, s, from: 'groupmessage' })
  const further = server.browser()
  await open(further)
  await tell(further, { path: PATH, s: theirs, from: 'timeline' })
  expect(await mine(sharer)).toEqual([{ slug: SLUG, readers: 2, depth: 2 }])

  // None of these counts: a made-up id, no mark, a machine, a page that is not there, one's own card.
  await tell(server.browser(), { path: PATH, s })
  await tell(sharer, { path: PATH, s })
  const bot = server.browser()
  expect(await open(bot, PATH, 'Googlebot/2.1')).toBeUndefined()
  await tell(bot, { path: PATH, s }, { 'user-agent': 'Googlebot/2.1' })
  await tell(friend, { path: '/articles/nothing', s })
  await tell(friend, { path: '/me', s })
  expect(await mine(sharer)).toEqual([{ slug: SLUG, readers: 2, depth: 2 }])
})

it('a beacon is taken as text too, since WebViews before Chrome 81 send none as JSON, and with null for what is not there', async () => {
  const before = await figures()
  const reader = server.browser()
  await open(reader)
  const sent = await tell(
    reader,
    { path: PATH, s: null, from: null },
    { 'content-type': 'text/plain;charset=UTF-8' },
  )
  expect(sent.status).toBe(204)
  expect(await figures()).toMatchObject({ readers: before.readers + 1 })
})

it('a person counts once by their login, whatever became of the mark', async () => {
  const s = await open(sharer)
  const before = await figures()
  for (let i = 0; i < 2; i++) {
    const { browser } = await logIn(server, server.browser(), 2)
    await tell(browser, { path: PATH, s, from: 'timeline' })
    await tell(browser, { path: PATH, s, from: 'timeline' })
  }
  const { channels, readers } = await figures()
  expect([readers, channels.timeline]).toEqual([before.readers + 1, before.channels.timeline + 1])
})

it('a made-up share id counts nothing, whoever comes by it', async () => {
  const before = await figures()
  for (const s of ['x'.repeat(20), `${await open(server.browser())}`.replace(/.$/, '!')]) {
    const reader = server.browser()
    await open(reader)
    expect((await tell(reader, { path: PATH, s, from: 'groupmessage' })).status).toBe(204)
  }
  expect(await figures()).toEqual(before)
})

it('a page that a browser fetches before anybody asks for it has no share id, and counts nothing', async () => {
  const before = await figures()
  const browser = server.browser()
  const html = await (await browser(PATH, { headers: { 'sec-purpose': 'prefetch;prerender' } })).text()
  expect(html).not.toContain('shareId')
  await tell(browser, { path: PATH })
  expect(await figures()).toEqual(before)
})

it('the owner has the figures as a table, too', async () => {
  const csv = await (await admin(`${FIGURES}.csv`)).text()
  const { opens, readers, shares, depth, channels } = await figures()
  const { singlemessage, groupmessage, timeline, direct } = channels
  expect(csv).toBe(
    'article,opens,readers,shares,depth,singlemessage,groupmessage,timeline,direct\r\n' +
      `${[SLUG, opens, readers, shares, depth, singlemessage, groupmessage, timeline, direct].join(',')}\r\n`,
  )
})

it.each<[string, unknown]>([
  ['no path', {}],
  ['a path that is none', { path: 7 }],
  ['an endless id', { path: PATH, s: 'x'.repeat(5000) }],
])('a beacon with %s is refused', async (_case, body) => {
  expect((await tell(server.browser(), body as object)).status).toBe(400)
})

it('nobody but the owners sees the figures', async () => {
  for (const address of [FIGURES, `${FIGURES}.csv`]) {
    await expectProblem(await server.browser()(address), 401, 'login_required')
    await expectProblem(await sharer(address), 403, 'admin_only')
  }
  await expectProblem(await server.browser()('/api/me/shares'), 401, 'login_required')
})

it('beacons of other sites are not taken', async () => {
  expect((await tell(sharer, { path: PATH }, { origin: 'https://evil.example' })).status).toBe(403)
})

it('an address that makes up readers adds no more than 10,000 an hour, and those who are known go on', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const known = server.browser()
  await open(known)
  await tell(known, { path: PATH }, from('203.0.113.7'))
  const before = await figures()
  await server.store.set('limit:readers:203.0.113.7', '10000', 3_600_000)
  const [late, elsewhere] = [server.browser(), server.browser()]
  const s = await open(server.browser())
  await open(late)
  await open(elsewhere)
  expect((await tell(late, { path: PATH, s }, from('203.0.113.7'))).status).toBe(204)
  expect(await figures()).toEqual(before)
  await tell(known, { path: PATH }, from('203.0.113.7'))
  await tell(elsewhere, { path: PATH }, from('203.0.113.8'))
  expect(await figures()).toMatchObject({ readers: before.readers + 1, opens: before.opens + 2 })
})

it('a visit that is under way while the person is forgotten is nobody’s', async () => {
  const [phone, desk] = [server.browser(), server.browser()]
  for (const browser of [phone, desk]) await logIn(server, browser, 1)
  const s = await open(phone)
  const forget = () => desk('/api/me', { method: 'DELETE', headers: { origin: ORIGIN } })
  const restore = afterFirstRead(server.store, forget)
  expect((await tell(phone, { path: PATH })).status).toBe(204)
  restore()
  const friend = server.browser()
  await open(friend)
  await tell(friend, { path: PATH, s })
  const { browser: again } = await logIn(server, server.browser(), 1)
  expect(await mine(again)).toEqual([])
})
