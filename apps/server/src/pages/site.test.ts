import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from 'wechat-core/testing'
import { startTestServer, type TestServer } from '../testing/testServer.ts'
import { isPage } from './site.ts'

const webRoot = mkdtempSync(join(tmpdir(), 'web-'))
const VISITOR = '203.0.113.7'
let server: TestServer
beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'))
  mkdirSync(join(webRoot, 'covers'))
  writeFileSync(join(webRoot, 'index.html'), 'the raw template')
  writeFileSync(join(webRoot, 'covers/茶 1.svg'), '<svg/>')
  server = await startTestServer({ webRoot })
})
afterAll(async () => {
  await server.close()
  rmSync(webRoot, { recursive: true })
})

/** Asks for exactly these, one after the other, which fetch would tidy up. */
async function ask(...paths: string[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const requests = paths.map((path, at) => {
    const last = at === paths.length - 1 ? 'Connection: close\r\n' : ''
    return `GET ${path} HTTP/1.1\r\nHost: h5.example.com\r\nX-Forwarded-For: ${VISITOR}\r\n${last}\r\n`
  })
  socket.write(requests.join(''))
  return text(socket)
}

describe('what is a page', () => {
  it.each(['/', '/me', '/articles/a', '/a.b/c', '/apis', '/api-x', '/a%20b', '/a//b', '/articles/'])(
    '%s is one',
    (path) => expect(isPage(path)).toBe(true),
  )
  it.each([
    '',
    '*',
    '/api',
    '/api/',
    '/api/x',
    '/API',
    '/Api/x',
    '/x.png',
    '/a/b.c',
    '/.env',
    '/a/.',
    '/a/..',
    'http://a/b',
  ])('%s is none', (path) => expect(isPage(path)).toBe(false))
  it('as the expression says that it came from, which takes the square of the time', () => {
    const slow = /^\/(?!api(?:\/|$))(?:[^.]*|.*\/[^.]*)$/i
    const random = seededRandom(20261121)
    for (let i = 0; i < 50_000; i++) {
      const parts = Array.from({ length: random.below(8) }, () =>
        random.pick(['/', '.', 'a', 'api', 'API', '%2e', '//']),
      )
      const path = parts.join('')
      expect(isPage(path), path).toBe(slow.test(path))
    }
  })
})

describe('a page is packed', () => {
  // In the order in which browsers have them, which means nothing: without weights all are equal.
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, *;q=0', null],
    ['identity', null],
  ])('for who takes %s as %s', async (accepted, packed) => {
    const answer = await fetch(`${server.url}/`, { headers: { 'accept-encoding': accepted } })
    expect(answer.headers.get('content-encoding')).toBe(packed)
    expect((await answer.text()).trimEnd()).toMatch(/<\/html>$/)
  })
})

it('who asks for thousands of packings gets none, and caches hear what the answer depends on', async () => {
  for (const path of ['/', '/covers/%E8%8C%B6%201.svg']) {
    const answer = await fetch(server.url + path, { headers: { 'accept-encoding': 'br, '.repeat(2_000) } })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('vary')).toContain('Accept-Encoding')
  }
})

it('what is missing in /assets is never a page, whatever it is called', async () => {
  for (const path of ['/assets', '/assets/', '/assets/no', '/ASSETS/no', '/assets/no.js']) {
    const answer = await fetch(server.url + path)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      404,
      'application/problem+json; charset=utf-8',
    ])
  }
  expect((await fetch(`${server.url}/assetsx`)).headers.get('content-type')).toContain('text/html')
})

it('a page says what it answers to', async () => {
  const answer = await fetch(`${server.url}/`, { method: 'OPTIONS' })
  expect([answer.status, answer.headers.get('allow')]).toEqual([200, 'GET, HEAD'])
  expect((await fetch(`${server.url}/`, { method: 'POST' })).status).toBe(404)
})

describe('the unrendered template', () => {
  it.each([
    '/index.html',
    '/index%2ehtml',
    '/%69ndex.html',
    '/INDEX.HTML',
    '/./index.html',
    '/x/../index.html',
    '/x/..%2findex.html',
    '//index.html',
    '/index.html/',
    '/index.html%00',
    '/index.html.',
    '/index.html%20',
    '/index.html::$DATA',
    '/%2e/index.html',
    '/covers/..%2findex.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html',
    '\\index.html',
    '/covers%5c..%5cindex.html',
  ])('is not behind %s', async (path) => {
    const answer = await ask(path)
    expect(answer).toMatch(/^HTTP\/1\.1 [234]\d\d /)
    expect(answer).not.toContain('the raw template')
  })
  it('while other files are there, under any spelling of their names', async () => {
    for (const path of ['/covers/%E8%8C%B6%201.svg', '/covers%2F%E8%8C%B6%201.svg'])
      expect(await ask(path)).toContain('<svg/>')
  })
})

describe('addresses that look like another host', () => {
  it.each([
    '/.//evil.example/x',
    '//evil.example/x',
    '/a/..//evil.example/x',
    '/%2e//evil.example/x',
    '/x//evil.example/x',
  ])('%s names nobody else as the canonical one', async (path) => {
    const answer = await ask(path)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|40[04]) /)
    const named = [...answer.matchAll(/(?:og:url" content|canonical" href)="([^"]*)"/g)].map(
      ([, url = '']) => url,
    )
    for (const url of named) expect(url).toMatch(/^https:\/\/h5\.example\.com\//)
    expect(named).toHaveLength(answer.includes(' 200 OK') ? 2 : 0)
  })
})

// The last one: it uses the address's share up.
it('pages and what is not there are limited together, files are not', { timeout: 60_000 }, async () => {
  const visitor = { accept: 'text/html', 'x-forwarded-for': VISITOR }
  const nowhere = Array.from(
    { length: 6_100 },
    (_, at) => ['/no.png', '/assets/no.js', '/api/no'][at % 3] ?? '',
  )
  const answers = await ask(...nowhere)
  expect(answers.match(/HTTP\/1\.1 404 /g)?.length).toBeGreaterThan(5_900)
  expect(answers.match(/HTTP\/1\.1 429 /g)?.length).toBeGreaterThan(50)
  const { status, headers } = await fetch(`${server.url}/me`, { headers: visitor })
  expect([status, headers.get('content-type')]).toEqual([429, expect.stringContaining('text/html')])
  expect((await fetch(`${server.url}/covers/%E8%8C%B6%201.svg`)).status).toBe(200)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  // A proxy's own address is everybody's: nobody is refused for it.
  expect((await fetch(`${server.url}/me`)).status).toBe(200)
})
