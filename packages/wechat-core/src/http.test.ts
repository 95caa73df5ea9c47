import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WechatApiError } from './errors.ts'
import { createHttp } from './http.ts'
import { fileSchema } from './httpAnswer.ts'
import { startRecordedApi, type RecordedApi } from './testing/recordedApi.ts'

const PATH = '/cgi-bin/media/get'
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
const MEBIBYTE = 1024 * 1024

let api: RecordedApi | undefined
afterEach(() => api?.close())

async function open(answer: (res: ServerResponse) => void, timeoutMs = 2000) {
  api = await startRecordedApi(answer)
  return { http: createHttp({ apiUrl: api.url, timeoutMs }), requests: api.requests }
}
const image = (res: ServerResponse, disposition = 'attachment; filename="cup.jpg"') =>
  void res.writeHead(200, { 'content-type': 'image/jpeg', 'content-disposition': disposition }).end(JPEG)
const getFile = { method: 'GET', path: PATH, answer: 'file', schema: fileSchema } as const

describe('a file', () => {
  it('comes byte for byte, with type and name', async () => {
    const { http } = await open((res) => image(res))
    const file = await http(getFile)
    expect(Buffer.from(file.bytes).equals(JPEG)).toBe(true)
    expect(file).toMatchObject({ contentType: 'image/jpeg', fileName: 'cup.jpg' })
  })

  it.each([
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\windows\\\\a.jpg"', 'a.jpg'],
    ['attachment; filename=plain.jpg', 'plain.jpg'],
    ['attachment; filename=".."', undefined],
    ['attachment; filename="pictures/"', undefined],
    ['attachment', undefined],
  ])('%s names no folder: %s', async (disposition, fileName) => {
    const { http } = await open((res) => image(res, disposition))
    expect((await http(getFile)).fileName).toBe(fileName)
  })

  it.each(['text/plain', 'application/json', 'image/jpeg', ''])(
    'in whose place WeChat sends an error as %j is told as that error',
    async (type) => {
      const { http } = await open((res) => {
        if (type) res.setHeader('content-type', type)
        res.end('{"errcode":40007,"errmsg":"invalid media_id rid: 68f0a1b2-1c2d3e4f-5a6b7c8d"}')
      })
      const error: unknown = await http(getFile).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(WechatApiError)
      expect(error).toMatchObject({ errcode: 40007, rid: '68f0a1b2-1c2d3e4f-5a6b7c8d', path: PATH })
    },
  )

  it('that begins like JSON and is none is a file', async () => {
    const { http } = await open((res) => res.end('{\u0000\u0001 not JSON'))
    expect((await http(getFile)).bytes.length).toBe(12)
  })

  it('with an HTTP error is none', async () => {
    const { http } = await open((res) => res.writeHead(502, { 'content-type': 'text/html' }).end('<html>'))
    await expect(http(getFile)).rejects.toMatchObject({ code: 'wechat_bad_response', detail: 'HTTP 502' })
  })
})

describe('what is sent', () => {
  const ok = (res: ServerResponse) => res.end('{"errcode":0,"errmsg":"ok"}')
  const post = { method: 'POST', path: '/cgi-bin/media/upload', schema: z.object({}) } as const

  it('a form goes as multipart, with the length that WeChat wants to know first', async () => {
    const { http, requests } = await open(ok)
    const form = new FormData()
    form.set('media', new Blob([JPEG], { type: 'image/jpeg' }), '茶.jpg')
    await http({ ...post, body: form })
    const [request] = requests
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(Number(request?.headers['content-length'])).toBe(request?.body.length)
    const received = await new Response(new Uint8Array(request?.body ?? []), {
      headers: { 'content-type': String(request?.headers['content-type']) },
    }).formData()
    const file = received.get('media')
    expect(file).toMatchObject({ name: '茶.jpg', type: 'image/jpeg', size: JPEG.length })
  })

  it('a Blob goes as it is', async () => {
    const { http, requests } = await open(ok)
    await http({ ...post, body: new Blob([JPEG], { type: 'image/jpeg' }) })
    expect(requests[0]?.headers['content-type']).toBe('image/jpeg')
    expect(requests[0]?.body.equals(JPEG)).toBe(true)
  })
})

describe('limits', () => {
  it('an answer that says it is too large is not read', async () => {
    const { http } = await open((res) => {
      res.writeHead(200, { 'content-length': String(1024 * MEBIBYTE) })
      res.write('x')
    })
    await expect(http(getFile)).rejects.toMatchObject({
      code: 'wechat_bad_response',
      detail: `an answer of more than ${16 * MEBIBYTE} bytes`,
    })
  })

  it('an endless answer is left, whether a file or JSON', async () => {
    let sent = 0
    const { http } = await open((res) => {
      const chunk = Buffer.alloc(64 * 1024, ' ')
      const more = () => {
        while (!res.destroyed && res.write(chunk)) sent += chunk.length
      }
      res.on('drain', more)
      more()
    }, 10_000)
    for (const answer of ['file', 'json'] as const)
      await expect(http({ ...getFile, answer, maxBytes: MEBIBYTE })).rejects.toMatchObject({
        detail: `an answer of more than ${MEBIBYTE} bytes`,
      })
    expect(sent).toBeLessThan(64 * MEBIBYTE)
  })

  it('an answer that stops half way ends by the time limit, that of the request before that of the account', async () => {
    const { http } = await open((res) => res.writeHead(200, { 'content-length': '100' }).write('{'), 60_000)
    await expect(http({ ...getFile, timeoutMs: 100 })).rejects.toMatchObject({
      code: 'wechat_timeout',
      detail: 'no answer within 100 ms',
    })
  })
})

it('a 19-digit id keeps all its digits', async () => {
  const { http } = await open((res) =>
    res.end('{"errcode":0,"msgid":1725698254512914434,"small":42,"half":0.5}'),
  )
  const schema = z.object({ msgid: z.string(), small: z.number(), half: z.number() })
  expect(await http({ method: 'POST', path: '/x', schema })).toEqual({
    msgid: '1725698254512914434',
    small: 42,
    half: 0.5,
  })
})

it('an error echoes neither token nor secret, for JSON and for files', async () => {
  const { http } = await open((res) =>
    res.end('{"errcode":40125,"errmsg":"invalid hunter2hunter2 and token-of-somebody"}'),
  )
  const secrets = { query: { access_token: 'token-of-somebody' }, body: { appsecret: 'hunter2hunter2' } }
  for (const answer of ['file', 'json'] as const) {
    const request = { ...getFile, ...secrets, method: 'POST', answer } as const
    const error: unknown = await http(request).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(WechatApiError)
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/hunter2|token-of/)
  }
})
