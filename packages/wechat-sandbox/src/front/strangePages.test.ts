// Pages that the front must not break: each is a small site of its own.
import { get, type RequestListener } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { BRIDGE_TAG, startSiteFront, type SiteFront } from './siteFront.testing.ts'

let front: SiteFront | undefined
afterEach(() => {
  front?.close()
  front = undefined
})

const HTML = 'text/html; charset=utf-8'
const before = async (site: RequestListener, options = {}) => (front = await startSiteFront(site, options))
const page = (body: string | Buffer, headers: Record<string, string> = {}) =>
  before((_req, res) => {
    for (const [name, value] of Object.entries({ 'content-type': HTML, ...headers }))
      res.setHeader(name, value)
    res.end(body)
  })

const GBK = Buffer.from('3c68746d6c3e3c686561643e3c7469746c653ed6d0cec43c2f7469746c653e3c2f686561643e', 'hex')
const KINDS: [kind: string, body: string | Buffer, bridgeAfter: string][] = [
  [
    'an ordinary page',
    '<!doctype html><html lang="zh"><head><title>a</title></head><body>b',
    '<!doctype html><html lang="zh"><head>',
  ],
  [
    'a head with attributes',
    '<html><head prefix="og: http://ogp.me/ns#">x',
    '<html><head prefix="og: http://ogp.me/ns#">',
  ],
  [
    'a > in an attribute of the head',
    '<html><head data-a="1>2" data-b=\'>\'>x',
    '<html><head data-a="1>2" data-b=\'>\'>',
  ],
  ['upper case', '<!DOCTYPE HTML><HTML><HEAD><TITLE>x', '<!DOCTYPE HTML><HTML><HEAD>'],
  ['no head', '<!doctype html><html><body>x</body></html>', '<!doctype html><html>'],
  ['no html and no head', '<!doctype html><title>x</title><p>y', '<!doctype html>'],
  ['no doctype', '<p>y</p>', ''],
  ['words alone', 'hello', ''],
  ['a header and no head', '<!doctype html><html><header>x</header>', '<!doctype html><html>'],
  [
    'a head in a comment',
    '<!doctype html><!-- <head> --><html><head><title>x',
    '<!doctype html><!-- <head> --><html><head>',
  ],
  [
    'comments before everything',
    '<!-- a --><!--b--><!doctype html>\n<!-- <html><head> -->\n<html>\n<head>x',
    '<!-- a --><!--b--><!doctype html>\n<!-- <html><head> -->\n<html>\n<head>',
  ],
  [
    'a comment that is empty',
    '<!doctype html><!--><html><head>x--></head>',
    '<!doctype html><!--><html><head>',
  ],
  ['a script before the head', '<!doctype html><script>"<head>"</script><head>x', '<!doctype html>'],
  ['a mark before everything', '\uFEFF<!doctype html><html><head>x', '\uFEFF<!doctype html><html><head>'],
  [
    'old XHTML',
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head>x',
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head>',
  ],
  ['two heads', '<html><head>a<head>b', '<html><head>'],
  ['a dollar sign', '<html><head>$& $1 $$</head>', '<html><head>'],
  [
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('<html><head>'), Buffer.from([0xff, 0xfe, 0x00, 0xc3])]),
    '<html><head>',
  ],
  ['GBK', GBK, '<html><head>'],
  ['a long page', `<html><head>${'文'.repeat(200_000)}`, '<html><head>'],
]

describe.each(KINDS)('%s', (_kind, body, bridgeAfter) => {
  const original = Buffer.from(body)
  const at = Buffer.byteLength(bridgeAfter)

  it('has the bridge as its first script, and is the same byte for byte without it', async () => {
    const { frame } = await page(body)
    const { bytes } = await frame('/')
    const tag = BRIDGE_TAG.exec(bytes.toString('latin1'))
    expect(tag?.index).toBe(at)
    const end = at + (tag?.[0].length ?? 0)
    expect(Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]).equals(original)).toBe(true)
  })

  it('so it is when it comes byte by byte', async () => {
    const { frame } = await before((_req, res) => {
      res.setHeader('content-type', HTML)
      const few = original.subarray(0, 300)
      for (const byte of few) res.write(Buffer.from([byte]))
      res.end(original.subarray(few.length))
    })
    const { bytes } = await frame('/')
    const tag = BRIDGE_TAG.exec(bytes.toString('latin1'))
    expect(tag?.index).toBe(at)
    expect(bytes.length - (tag?.[0].length ?? 0)).toBe(original.length)
  })
})

it('a comment that never ends has no place for the bridge', async () => {
  const body = '<!doctype html><!-- <head> x'
  const { frame } = await page(body)
  expect((await frame('/')).text).toBe(body)
})

it('UTF-16: the bridge is written as the page is', async () => {
  const { frame } = await page(Buffer.from('\uFEFF<html><head><title>文</title>', 'utf16le'), {
    'content-type': 'text/html',
  })
  expect((await frame('/')).bytes.toString('utf16le')).toMatch(
    new RegExp(`^\uFEFF<html><head>${BRIDGE_TAG.source}<title>文`),
  )
})

it('a page without a content type is a page where it looks like one', async () => {
  const { frame } = await before((req, res) =>
    res.end(req.url === '/page' ? ' <!DOCTYPE html><html><head><title>x' : '{"a": "<head>"}'),
  )
  expect((await frame('/page')).text).toMatch(BRIDGE_TAG)
  expect((await frame('/data')).text).toBe('{"a": "<head>"}')
})

it('a page that comes in pieces has no length and is not chunked twice', async () => {
  const { frame } = await before((_req, res) => {
    res.setHeader('content-type', HTML)
    res.write('<html>')
    res.end('<head></head>')
  })
  const { headers, text } = await frame('/')
  expect([headers['content-length'], headers['transfer-encoding']]).toEqual([undefined, 'chunked'])
  expect(text).toMatch(BRIDGE_TAG)
})

it('a page is streamed: its start is there before its end', async () => {
  let finish = () => undefined as unknown
  const { url } = await before((_req, res) => {
    res.setHeader('content-type', HTML)
    res.write('<html><head></head><body>start')
    finish = () => res.end('end')
  })
  const text = await new Promise<string>((done) => {
    let body = ''
    get(url, { headers: { 'sec-fetch-dest': 'iframe' } }, (answer) => {
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
        if (body.endsWith('start')) finish()
      })
      answer.on('end', () => done(body))
    })
  })
  expect(text).toMatch(/<body>startend$/)
})

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['x-gzip', gzipSync],
] as const)('a site that compresses with %s whatever it is asked for', async (encoding, compress) => {
  const { frame } = await page(compress('<html><head><title>文'), { 'content-encoding': encoding })
  const { headers, text } = await frame('/')
  expect(headers['content-encoding']).toBeUndefined()
  expect(text).toMatch(BRIDGE_TAG)
  expect(text).toContain('文')
})

it('a compression that nobody knows is passed on as it is', async () => {
  const { frame } = await page('...', { 'content-encoding': 'rot13' })
  expect(await frame('/')).toMatchObject({ text: '...', headers: { 'content-encoding': 'rot13' } })
})

it('an empty answer stays empty', async () => {
  const { frame } = await before((req, res) => {
    res.statusCode = req.url === '/304' ? 304 : 204
    res.setHeader('content-type', HTML).end()
  })
  for (const path of ['/204', '/304'])
    expect(await frame(path)).toMatchObject({ status: Number(path.slice(1)), text: '' })
})
