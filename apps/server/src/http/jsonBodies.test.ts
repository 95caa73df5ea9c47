// A route as README says to write one: a file of a feature, which takes the place of one that is there.
import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Router } from 'express'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { expectProblem, startTestServer, type TestServer } from '../testing/testServer.ts'

vi.hoisted(() => vi.resetModules())
vi.mock('../login/me.ts', () => ({
  meRoutes: () =>
    Router().all('/api/orders', (req, res) => {
      const body: unknown = req.body
      const empty: Record<string, unknown> = {}
      const spread: Record<string, unknown> = Object.assign({}, body)
      res.status(201).json({ body, polluted: [empty['admin'], spread['admin']], none: body === undefined })
    }),
}))

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterAll(() => void vi.resetModules())

const json = { 'content-type': 'application/json' }
const send = (body: BodyInit | undefined, headers: Record<string, string> = json, method = 'POST') =>
  fetch(`${server.url}/api/orders`, { method, headers, ...(body === undefined ? {} : { body }) })

describe('a route', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('gets the body of a %s', async (method) => {
    const response = await send('{"tea":["乌龙",2]}', json, method)
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ body: { tea: ['乌龙', 2] } })
  })
  it('gets one with a charset, and a list', async () => {
    const response = await send('[1]', { 'content-type': 'application/json; charset=UTF-8' })
    expect(await response.json()).toMatchObject({ body: [1] })
  })
  it('gets none where none was sent', async () => {
    expect(await (await send(undefined, {})).json()).toMatchObject({ none: true })
    expect(await (await send('{"a":1}', json, 'OPTIONS')).json()).toMatchObject({ none: true })
  })
  it('gets as much as 64 KiB', async () => {
    expect((await send(JSON.stringify('x'.repeat(65_530)).replace(/.*/, '[$&]'))).status).toBe(201)
  })
})

describe('refused, as a problem', () => {
  it.each(['{', '{"a":}', 'null', '1', '"text"', 'a=1', '{"a":1}}', '\0', '{"a":\ud800}'])(
    'what is no JSON object or list: %j',
    async (body) => expectProblem(await send(body), 400, 'invalid_json'),
  )
  it('another charset', async () =>
    expectProblem(
      await send(new Uint8Array([0x7b, 0x22, 0xb2, 0xe8, 0x22, 0x3a, 0x31, 0x7d])),
      400,
      'invalid_json',
    ))
  it('lists in lists in lists', async () =>
    expectProblem(await send('['.repeat(30_000)), 400, 'invalid_json'))
  it('over 64 KiB', async () => expectProblem(await send(`["${'x'.repeat(65_536)}"]`), 413, 'too_large'))
  it('over 64 KiB, in pieces of unknown number', async () => {
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(5_000)))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: json, body: pieces, duplex: 'half' } as RequestInit
    await expectProblem(await fetch(`${server.url}/api/orders`, init), 413, 'too_large')
  })
  it('over 64 KiB is said before it is sent', async () => {
    const head =
      'POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n'
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(head))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })
  it.each([
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', '{}', { 'content-type': 'text/plain' }],
    ['no type', new Uint8Array([123, 125]), {}],
    ['compressed', gzipSync('{}'), { ...json, 'content-encoding': 'gzip' }],
  ] as [string, BodyInit, Record<string, string>][])('%s', async (_case, body, headers) =>
    expectProblem(await send(body, headers), 415, 'unsupported_media_type'),
  )
  it.each([
    'application/json;',
    'application/json; =',
    'application/json; charset',
    '/',
    ';',
    'application/json; charset="',
  ])('the type %j is no failure of ours', async (type) =>
    expect((await send('{}', { 'content-type': type })).status).toBeLessThan(500),
  )
  it("another site's page, before its body is looked at", async () =>
    expectProblem(await send('{', { ...json, origin: 'https://evil.example' }), 403, 'foreign_origin'))
})

describe('prototypes', () => {
  it.each([
    '{"__proto__":{"admin":true}}',
    '{"a":[{"__proto__" : {"admin":true}}]}',
    '{"\\u005f_proto__":{"admin":true}}',
    '{"_\\u005F\\u0070roto\\u005f\\u005f"\n:1}',
  ])('%s is refused', async (body) => expectProblem(await send(body), 400, 'invalid_json'))
  it('other keys and texts that look like it change none', async () => {
    const body = { constructor: { prototype: { admin: true } }, text: '__proto__', proto__: 1 }
    const answer = await (await send(JSON.stringify(body))).json()
    expect(answer).toMatchObject({ body, polluted: [null, null] })
  })
})
