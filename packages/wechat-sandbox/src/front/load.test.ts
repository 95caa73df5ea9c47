// What is large, slow or much: a clear answer, and the others are served as before.
import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSiteFront, type SiteFront } from './siteFront.testing.ts'

const MB = 1_000_000
let front: SiteFront
let received = 0
let held = 0
beforeAll(async () => {
  front = await startSiteFront((req, res) => {
    req.on('data', (chunk: Buffer) => (received += chunk.length))
    req.on('error', () => undefined) // a body that never ended
    req.on('end', () => res.setHeader('content-type', 'text/html').end('<!doctype html><title>site</title>'))
  })
})
afterAll(() => front.close())

const LARGE: [path: string, status: number, says: RegExp][] = [
  ['/__wechat/native', 413, /"error":"request entity too large"/],
  ['/__wechat/phone/act', 413, /"error":"request entity too large"/],
  ['/__wechat/cgi-bin/message/custom/send', 200, /"errcode":4\d{4}/],
]

it.each(LARGE)('a body of 30 MB to %s is answered with %s, in JSON', async (path, status, says) => {
  const { answer, text } = await post(path, 30)
  expect([answer.statusCode, text]).toEqual([status, expect.stringMatching(says)])
  expect(answer.headers['content-type']).toContain('application/json')
  expect((await front.get('/__wechat/phone/state')).status).toBe(200)
})

// Buffers that are let go wait for the collector for a while, so that only much of them tells.
it('a body of 200 MB for the site goes through, and is not collected on its way', async () => {
  const before = process.memoryUsage().arrayBuffers
  const { answer } = await post('/upload', 200, () => {
    held = Math.max(held, process.memoryUsage().arrayBuffers - before)
  })
  expect([answer.statusCode, received]).toEqual([200, 200 * MB])
  expect(held).toBeLessThan(120 * MB)
})

it('50 bodies that never end keep nobody from an answer', async () => {
  const paths = [
    '/__wechat/native',
    '/__wechat/phone/act',
    '/upload',
    '/__wechat/cgi-bin/message/custom/send',
  ]
  const slow = Array.from({ length: 50 }, (_, at) => begun(paths[at % paths.length] ?? ''))
  await Promise.all(slow.map((one) => once(one, 'socket')))
  for (const path of ['/', '/__wechat/phone/state', '/__wechat/open/js/jweixin-1.6.0.js'])
    expect([path, (await front.get(path)).status]).toEqual([path, 200])
  for (const one of slow) one.destroy()
  expect((await front.frame('/')).text).toContain('bridge.js')
})

it('1,000 requests at once, of all kinds, are all answered', { timeout: 60_000 }, async () => {
  const paths = ['/', '/__wechat/phone/state', '/__wechat/cgi-bin/token', '/__wechat/avatars/lin.svg']
  const statuses = new Map<number, number>()
  // Each has a connection of its own, of which a machine gives out so many at once.
  for (let round = 0; round < 5; round++)
    for (const { status } of await Promise.all(
      Array.from({ length: 200 }, (_, at) => front.get(paths[at % paths.length] ?? '')),
    ))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
  expect([...statuses]).toEqual([[200, 1000]])
})

function begun(path: string): ClientRequest {
  const sent = request(front.url + path, {
    method: 'POST',
    headers: { 'content-length': 5000 },
    agent: false,
  })
  sent.on('error', () => undefined)
  sent.write('{"type":')
  return sent
}

async function post(path: string, megabytes: number, onPiece: () => void = () => undefined) {
  const headers = { 'content-length': megabytes * MB }
  const sent = request(front.url + path, { method: 'POST', headers, agent: false })
  // Whoever answers early may close before it has all; the answer counts.
  sent.on('error', () => undefined)
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  const piece = Buffer.alloc(MB, ' ')
  let hasAnswer = false
  void answered.then(() => (hasAnswer = true))
  for (let at = 0; at < megabytes && !hasAnswer && !sent.destroyed; at++) {
    if (!sent.write(piece)) await Promise.race([once(sent, 'drain').catch(() => undefined), answered])
    onPiece()
  }
  if (!hasAnswer) sent.end()
  const [answer] = await answered
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk)
  sent.destroy()
  return { answer, text }
}
