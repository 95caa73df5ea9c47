import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { logIn } from '../../testing/loginSteps.ts'
import { expectProblem, startTestServer, type Browser, type TestServer } from '../../testing/testServer.ts'

const ORIGIN = 'https://h5.example.com'
const jpeg = readFileSync(join(import.meta.dirname, '../../../../web/public/covers/default.jpg'))

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = (await logIn(server)).browser
})
afterAll(() => server.close())

const upload = (from: Browser, body: Uint8Array, more: Record<string, string> = {}) =>
  from('/api/pictures', {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg', origin: ORIGIN, ...more },
    body: new Uint8Array(body),
  })
const fromWechat = (serverId: string, from: Browser = browser) =>
  from('/api/pictures/wechat', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ serverId }),
  })

it('a file comes back to whom it is, and to nobody else', async () => {
  const answer = await upload(browser, jpeg, { 'content-type': 'text/html' })
  expect(answer.status).toBe(200)
  const { id } = await answer.json()
  const shown = await browser(`/api/pictures/${id}`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
  expect((await shown.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  const stranger = (await logIn(server, server.browser(), 1)).browser
  await expectProblem(await stranger(`/api/pictures/${id}`), 404, 'picture_not_found')
  await expectProblem(await server.browser()(`/api/pictures/${id}`), 401, 'login_required')
  await expectProblem(await browser('/api/pictures/..%2f..%2fsite.db'), 404, 'picture_not_found')
})

it('what a page uploaded to WeChat is fetched by the server', async () => {
  const serverId = server.platform.media.add({ type: 'image', contentType: 'image/jpeg', bytes: jpeg })
  const answer = await fromWechat(serverId)
  expect(await answer.json()).toEqual({ id: expect.stringMatching(/^[\w-]{24}$/) })
  const page = server.platform.media.add({
    type: 'image',
    contentType: 'image/jpeg',
    bytes: Buffer.from('<html>'),
  })
  await expectProblem(await fromWechat(page), 400, 'no_picture')
  const gone = await fromWechat('unknown')
  expect(await gone.json()).toMatchObject({ code: 'wechat_40007' })
})

it.each<[string, Uint8Array, number, string]>([
  ['a page', Buffer.from('<!doctype html>'), 400, 'no_picture'],
  ['nothing', Buffer.alloc(0), 400, 'no_picture'],
  ['half a picture', jpeg.subarray(0, 5000), 400, 'picture_broken'],
  ['eleven megabytes', Buffer.alloc(11_000_000), 413, 'picture_too_large'],
])('%s is refused in words', async (_case, body, status, code) => {
  await expectProblem(await upload(browser, body), status, code)
})

it('guests and other sites upload nothing', async () => {
  await expectProblem(await upload(server.browser(), jpeg), 401, 'login_required')
  expect((await upload(browser, jpeg, { origin: 'https://evil.example' })).status).toBe(403)
})

it('with the person go the pictures', async () => {
  const { browser: mine } = await logIn(server, server.browser(), 1)
  const { id } = await (await upload(mine, jpeg)).json()
  await mine('/api/me', { method: 'DELETE', headers: { origin: ORIGIN } })
  const again = (await logIn(server, server.browser(), 1)).browser
  await expectProblem(await again(`/api/pictures/${id}`), 404, 'picture_not_found')
})

it('what is still being sent while the person is forgotten is not kept', async () => {
  const { browser: mine } = await logIn(server, server.browser(), 1)
  const half = jpeg.length >> 1
  const reads = vi.spyOn(server.store, 'get')
  const forgotten = Promise.withResolvers<void>()
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new Uint8Array(jpeg.subarray(0, half))),
    async pull(stream) {
      await forgotten.promise
      stream.enqueue(new Uint8Array(jpeg.subarray(half)))
      stream.close()
    },
  })
  const headers = { 'content-type': 'image/jpeg', origin: ORIGIN }
  const slowly: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  const answer = mine('/api/pictures', slowly)
  // The sender is known by now, and nothing else is asked before the file is there.
  await expect.poll(() => reads.mock.calls.some(([key]) => key.startsWith('person:'))).toBe(true)
  expect((await mine('/api/me', { method: 'DELETE', headers: { origin: ORIGIN } })).status).toBe(204)
  forgotten.resolve()
  expect(await (await answer).json()).toMatchObject({
    status: 401,
    detail: expect.stringContaining('meanwhile'),
  })
})

it('nobody uses up the account’s calls: a person has 100 pictures an hour fetched, another goes on', async () => {
  const calls = () => server.platform.requests.get('/cgi-bin/media/get') ?? 0
  const before = calls()
  const statuses: number[] = []
  for (let n = 0; n < 101; n++) statuses.push((await fromWechat('unknown')).status)
  expect(statuses.at(-1)).toBe(429)
  expect(calls() - before).toBeLessThanOrEqual(100)
  const { browser: other } = await logIn(server, server.browser(), 1)
  expect((await fromWechat('unknown', other)).status).not.toBe(429)
})
