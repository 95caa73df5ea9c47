// What is made to take long, each kind as large as it may be: none takes more than five times what harmless input of
// its size takes. Whole requests to a whole server.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverSignature } from 'wechat-core'
import { timesLonger } from 'wechat-core/testing'
import { startTestServer, type TestServer } from '../testing/testServer.ts'

const MOST = 5
const HEAD = 15_000 // bytes of the 16 KiB that a head may have
const BODY = 65_000 // bytes of the 64 KiB that a body may have
const AT_ONCE = 4

const webRoot = mkdtempSync(join(tmpdir(), 'web-'))
let safe: TestServer
let plain: TestServer
beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'assets/a.js'), 'x'.repeat(20_000))
  const env = { LOG_LEVEL: 'warn' }
  safe = await startTestServer({ mode: 'safe', webRoot, env })
  plain = await startTestServer({ mode: 'plain', env })
})
afterAll(async () => {
  await Promise.all([safe.close(), plain.close()])
  rmSync(webRoot, { recursive: true })
})

// Of different letters each: to write them in Punycode takes the square of their number.
const manyLetters = (write: (letter: string) => string, size = HEAD): string => {
  let text = ''
  for (let at = 0x4e00; text.length + 9 <= size; at++) text += write(String.fromCharCode(at))
  return text
}
const LETTERS = manyLetters(encodeURIComponent)

const filled = (part: string, size = HEAD) => part.repeat(Math.floor(size / Buffer.byteLength(part)))

describe('paths', () => {
  it.each([
    ['slashes and a dot', `/a${filled('/')}.`],
    ['slashes', filled('/')],
    ['dots', `/${filled('.')}`],
    ['steps up', filled('/..')],
    ['steps up behind the assets', `/assets${filled('/..')}`],
    ['encoded steps up', filled('/%2e%2e')],
    ['files without a name', filled('/.')],
    ['encoded letters', `/${filled('%41')}`],
    ['lone per cents', `/${filled('%')}`],
    ['an article of encoded signs', `/articles/${filled('%E8%8C%B6')}`],
    ['an article of slashes', `/articles/${filled('/')}`],
    ['an article over the API', `/api/articles/${filled('%25')}`],
    ['an ownership file', `/MP_verify_${filled('.txt')}/`],
    ['another host in letters of its own', `//${filled('xn--')}/`],
    ['another host of many letters', `//${LETTERS}/`],
    ['an absolute address of many letters', `http://${LETTERS}/`],
    ['markup', `/${filled('<title>')}`],
  ])('%s', (_kind, path) => compare(head(path), head(`/${filled('a')}`)))
})

describe('queries', () => {
  it.each([
    ['a thousand names', '/', filled('a&')],
    ['question marks', '/me', filled('?')],
    ['one name again and again', '/api/wechat', filled('nonce=1&')],
    ['names in brackets', '/api/session', filled('a[b]=&')],
    ['lone per cents', '/api/wechat/signature', `url=${filled('%')}`],
    ['plus signs', '/api/wechat/signature', `url=${filled('+')}`],
    ['an endless address to sign', '/api/wechat/signature', `url=https://h5.example.com/${filled('/')}`],
    ['a host of many letters to sign', '/api/wechat/signature', `url=http://${LETTERS}/`],
    ['an endless way back', '/api/wechat/oauth/authorize', `returnTo=/${filled('/')}`],
    ['an endless state', '/api/wechat/oauth/callback', `code=a&state=${filled('0')}`],
  ])('%s', (_kind, path, query) => compare(head(`${path}?${query}`), head(`${path}?a=${filled('a')}`)))
})

describe('headers', () => {
  it.each([
    ['cookies without a name', '/api/session', 'Cookie', filled(';=')],
    ['cookies without a value', '/api/session', 'Cookie', filled('a;')],
    ['cookies of white space', '/api/session', 'Cookie', `;${filled(' ')};`],
    ['cookies of a login', '/api/wechat/oauth/authorize', 'Cookie', filled('__Host-login_a=1; ')],
    ['a signed cookie', '/api/session', 'Cookie', `__Host-sid=s%3A${filled('%2E')}`],
    ['a chain of proxies', '/api/no', 'X-Forwarded-For', filled('1.1.1.1,')],
    ['a chain of nothing', '/api/no', 'X-Forwarded-For', filled(', ')],
    ['a host in letters of its own', '/', 'X-Forwarded-Host', filled('xn--')],
    ['a host of other letters', '/', 'X-Forwarded-Host', filled('\u00e9')],
    ['a host of many letters', '/', 'X-Forwarded-Host', LETTERS],
    ['schemes', '/', 'X-Forwarded-Proto', filled(',')],
    ['types to accept', '/api/no', 'Accept', filled('a/b,')],
    ['languages', '/api/no', 'Accept-Language', filled('a-b;q=1,')],
    ['encodings', '/', 'Accept-Encoding', filled('a;q=1,')],
    ['ranges', '/assets/a.js', 'Range', `bytes=${filled('0-0,')}`],
    ['entity tags', '/assets/a.js', 'If-None-Match', filled('W/"a",')],
    ['the name of a client', '/', 'User-Agent', filled('micromessenge')],
  ])('%s', (_kind, path, name, value) =>
    compare(head(path, `${name}: ${value}\r\n`), head(path, `X-Note: ${filled('a')}\r\n`)),
  )
})

describe('bodies at the callback address, signed by nobody', () => {
  it.each([
    ['carriage returns', '\r'],
    ['open elements', '<Encrypt>'],
    ['open and closed elements', '<Encrypt></Encrypt>'],
    ['nested elements', '<a>'],
    ['open sections', '<![CDATA['],
    ['no UTF-8', Buffer.from([0xff])],
    ['NUL', '\0'],
  ])('%s', (_kind, part) => {
    const query = { ...signedQuery(safe), msg_signature: 'f'.repeat(40) }
    return compare(post(query, filledBody(part)), genuine(safe))
  })
})

describe('bodies at the callback address in plain mode, under a captured signature', () => {
  it.each([
    ['carriage returns', filled('\r', BODY)],
    ['elements', filled('<a/>', BODY)],
    ['nested elements', filled('<a>', BODY)],
    ['attributes', `<a ${filled('a="" ', BODY)}/>`],
    ['references', filled('&amp;', BODY)],
    ['one reference without an end', `&${filled('a', BODY)}`],
    ['a thousand words', filled('q ', BODY)],
    ['letters of four bytes', filled('😀<a/>', BODY)],
    ['a NUL at the end', `${filled('a', BODY)}\0`],
  ])('%s', (_kind, text) =>
    compare(post(signedQuery(plain), `<xml><Content>${text}</Content></xml>`), genuine(plain), plain),
  )
})

describe('JSON bodies', () => {
  it.each([
    ['lists in lists', filled('[', BODY)],
    ['objects in objects', filled('{"a":', BODY)],
    ['ones', `[${filled('1,', BODY)}1]`],
    ['empty objects', `[${filled('{},', BODY)}1]`],
    ['one number', `[${filled('9', BODY)}]`],
    ['white space', filled(' ', BODY)],
    ['escapes', `["${filled('\\u005f', BODY)}"]`],
    ['prototypes', `${filled('{"__proto__":', BODY - 5_100)}1${'}'.repeat(4_600)}`],
    ['one key again and again', `{${filled('"a":1,', BODY)}"a":1}`],
    ['no JSON', filled('a', BODY)],
  ])('%s', (_kind, text) => compare(json(text), json(JSON.stringify({ a: filled('a', BODY) }))))
})

it('types of bodies', () =>
  compare(
    json('{}', `application/json; ${filled('a=b; ')}`),
    json('{}', `application/json; a=${filled('a')}`),
  ))

/** Whether requests of one kind take little more than harmless ones. Each from an address without a past. */
async function compare(hostile: Request, harmless: Request, server = safe): Promise<void> {
  const send = (request: Request) => () => answered(server, request)
  expect(await timesLonger(send(hostile), send(harmless), { smallEnough: MOST })).toBeLessThan(MOST)
}

/** The bytes of a request, up to the line of its address; it is sent over and over. */
type Request = (lastHeaders: string) => Buffer

function head(path: string, headers = ''): Request {
  return (last) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: h5.example.com\r\n${headers}${last}\r\n`, 'latin1')
}

function withBody(path: string, type: string, body: Buffer): Request {
  return (last) => {
    const lines = [`POST ${path} HTTP/1.1`, 'Host: h5.example.com', `Content-Type: ${type}`]
    return Buffer.concat([
      Buffer.from(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n${last}\r\n`),
      body,
    ])
  }
}

const json = (text: string, type = 'application/json') => withBody('/api/no', type, Buffer.from(text))
const post = (query: Record<string, string>, body: string | Buffer) =>
  withBody(`/api/wechat?${new URLSearchParams(query)}`, 'text/xml', Buffer.from(body))

function filledBody(part: string | Buffer): Buffer {
  return Buffer.alloc(BODY, part)
}

function signedQuery({ platform }: TestServer): Record<string, string> {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), '486452656']
  return { signature: serverSignature(platform.account.push.token, timestamp, nonce), timestamp, nonce }
}

/** A long message, as the sandbox sends it. */
function genuine({ platform }: TestServer): Request {
  const content = filled('a', platform.account.push.mode === 'safe' ? 47_000 : 64_000)
  const { url, body } = platform.push.request(platform.people[0], { msgType: 'text', content })
  const { pathname, search } = new URL(url)
  return withBody(pathname + search, 'text/xml', Buffer.from(body ?? ''))
}

let sent = 0
async function answered({ url }: TestServer, request: Request): Promise<void> {
  const digest = createHash('md5').update(String(sent++)).digest()
  const from = `X-Forwarded-For: 10.${digest[0]}.${digest[1]}.${digest[2]}\r\n`
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const more = Array.from({ length: AT_ONCE - 1 }, () => request(from))
  socket.write(Buffer.concat([...more, request(`${from}Connection: close\r\n`)]))
  const text = (await buffer(socket)).toString('latin1')
  // Refused or not, each had its answer, and none is a failure of ours.
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d)\d\d /g)].map(([, first]) => Number(first))
  expect(statuses).toHaveLength(AT_ONCE)
  expect(Math.max(...statuses)).toBeLessThan(5)
}
