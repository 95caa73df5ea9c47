import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPlatform, type Platform } from '../platform.ts'
import { seal, signPush, unseal } from './envelope.ts'
import type { Push } from './messages.ts'
import { FAILURE_NOTICE } from './pushes.ts'
import { childText, readXml, writeXml, type XmlFields } from './xml.ts'

interface Received {
  query: Record<string, string>
  body: string
}

let server: Server
let platform: Platform
let received: Received[]
let answer: (request: Received, res: ServerResponse) => unknown
const person = () => platform.people[0]
const openid = () => platform.logins.openidOf(person())
const text: Push = { msgType: 'text', content: '你好 <hi>' }

beforeEach(async () => {
  received = []
  answer = (_request, res) => res.end('success')
  server = createServer(async (req, res) => {
    const request = { query: queryOf(req), body: await bodyOf(req) }
    received.push(request)
    await answer(request, res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  platform = createPlatform({
    siteOrigin: 'https://h5.example.com',
    now: () => 1_760_000_000_000,
    push: { url: `http://127.0.0.1:${port}/api/wechat` },
  })
})
afterEach(() => {
  platform.push.close()
  server.closeAllConnections()
  server.close()
})

describe('a push', () => {
  it('in plain mode is signed, and the body is plain [push-signature] [push-openid-query]', async () => {
    const result = await platform.push.send(person(), text)
    const [{ query, body } = { query: {}, body: '' }] = received
    const { signature, timestamp = '', nonce = '' } = query
    expect(Object.keys(query)).toEqual(['signature', 'timestamp', 'nonce', 'openid'])
    expect(signature).toBe(signPush(platform.account.push.token, timestamp, nonce))
    expect(body).toBe(
      `<xml><ToUserName><![CDATA[gh_5a9d0c0ffee1]]></ToUserName><FromUserName><![CDATA[${openid()}]]></FromUserName>` +
        '<CreateTime>1760000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好 <hi>]]></Content>' +
        `<MsgId>${result.msgId}</MsgId></xml>`,
    )
    expect(result).toMatchObject({
      deliveries: [{ status: 200, body: 'success' }],
      reply: undefined,
      problem: undefined,
    })
  })

  it.each(['compatible', 'safe'] as const)(
    'in %s mode carries the message in an envelope [push-msg-signature] [push-modes]',
    async (mode) => {
      platform.account.push.mode = mode
      await platform.push.send(person(), text)
      const [{ query, body } = { query: {}, body: '' }] = received
      const outer = readXml(body)
      const encrypted = childText(outer, 'Encrypt') ?? ''
      const { token, encodingAesKey } = platform.account.push
      expect(query).toMatchObject({ encrypt_type: 'aes', openid: openid() })
      expect(query['msg_signature']).toBe(
        signPush(token, query['timestamp'] ?? '', query['nonce'] ?? '', encrypted),
      )
      const { message, appId } = unseal(encrypted, encodingAesKey)
      expect(appId).toBe(platform.account.appId)
      expect(childText(readXml(message), 'Content')).toBe('你好 <hi>')
      expect(childText(outer, 'Content')).toBe(mode === 'compatible' ? '你好 <hi>' : undefined)
      expect(childText(outer, 'ToUserName')).toBe('gh_5a9d0c0ffee1')
    },
  )

  it('can be forged in every way that a server must refuse', () => {
    platform.account.push.mode = 'safe'
    const { token, encodingAesKey } = platform.account.push
    const made = (tamper: object) => {
      const { url, body = '' } = platform.push.request(person(), text, { tamper })
      return { query: Object.fromEntries(new URL(url).searchParams), body }
    }
    const envelope = ({ body }: { body: string }) =>
      unseal(childText(readXml(body), 'Encrypt') ?? '', encodingAesKey)
    expect(made({ signature: 'x', msgSignature: 'y' }).query).toMatchObject({
      signature: 'x',
      msg_signature: 'y',
    })
    const stale = made({ timestamp: 1 }).query
    expect(stale['signature']).toBe(signPush(token, '1', stale['nonce'] ?? ''))
    expect(envelope(made({ appId: 'wxother' })).appId).toBe('wxother')
    expect(() => envelope(made({ badPadding: true }))).toThrow(/padding/)
    expect(made({ body: '<xml' }).body).toBe('<xml')
  })

  it('that is malformed is refused before it is sent', async () => {
    const wrong = { msgType: 'text' } as unknown as Push
    await expect(platform.push.send(person(), wrong)).rejects.toThrow(/content/)
    expect(received).toEqual([])
  })
})

describe('who does not answer', () => {
  it('is asked 3 times more, with the same MsgId and CreateTime, each signed again [push-five-seconds] [push-retries] [retry-identity]', async () => {
    platform.switches.set('pushTimeout', 0.1)
    answer = () => undefined
    const { deliveries, problem } = await platform.push.send(person(), text)
    expect(deliveries.map((delivery) => 'problem' in delivery && delivery.problem)).toEqual(
      Array(4).fill('no answer within 0.1 seconds'),
    )
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(received.map(({ query }) => query['nonce'])).size).toBe(4)
    expect(problem).toMatch(/no answer/)
    expect(platform.conversations.of(openid()).at(-1)).toMatchObject({ from: 'system', text: FAILURE_NOTICE })
  })

  it('may still answer a later delivery', async () => {
    platform.switches.set('pushTimeout', 0.1)
    answer = (_request, res) => received.length > 2 && res.end('')
    const { deliveries, problem } = await platform.push.send(person(), text)
    expect([deliveries.length, problem]).toEqual([3, undefined])
  })

  it('or cannot be reached: the person is told, and no one waits [service-failed]', async () => {
    server.close()
    server.closeAllConnections()
    const { problem } = await platform.push.send(person(), text)
    expect(problem).toMatch(/can't be reached: .*ECONNREFUSED/)
  })

  it('settings that make no push are a problem of the push, not of the sandbox', async () => {
    Object.assign(platform.account.push, { mode: 'safe', encodingAesKey: 'short' })
    expect((await platform.push.send(person(), text)).problem).toMatch(/cannot be made: EncodingAESKey is 43/)
  })
})

describe('the reply', () => {
  const head = () => ({ ToUserName: openid(), FromUserName: 'gh_5a9d0c0ffee1', CreateTime: 1760000001 })
  const replyTo = (push: Push, body: string) => {
    answer = (_request, res) => res.end(body)
    return platform.push.send(person(), push)
  }
  const item = (Title: string) => ({ Title, Description: 'd', PicUrl: 'p', Url: 'u' })
  const article = (title: string) => ({ title, description: 'd', picUrl: 'p', url: 'u' })

  it.each<[XmlFields, object]>([
    [
      { MsgType: 'text', Content: 'hi' },
      { msgType: 'text', content: 'hi' },
    ],
    [
      { MsgType: 'image', Image: { MediaId: 'm' } },
      { msgType: 'image', mediaId: 'm' },
    ],
    [
      { MsgType: 'voice', Voice: { MediaId: 'm' } },
      { msgType: 'voice', mediaId: 'm' },
    ],
    [
      { MsgType: 'video', Video: { MediaId: 'm', Title: 't' } },
      { msgType: 'video', mediaId: 'm', title: 't', description: '' },
    ],
    [
      { MsgType: 'music', Music: { ThumbMediaId: 'm', MusicUrl: 'u' } },
      { msgType: 'music', title: '', description: '', musicUrl: 'u', hqMusicUrl: '' },
    ],
    [{ MsgType: 'transfer_customer_service' }, { msgType: 'transfer_customer_service' }],
    [
      { MsgType: 'news', ArticleCount: 2, Articles: { item: [item('1'), item('2')] } },
      { msgType: 'news', articles: [article('1')] },
    ],
  ])('%j is read [reply-types]', async (fields, reply) => {
    const result = await replyTo(text, writeXml({ ...head(), ...fields }))
    expect(result).toMatchObject({ reply, problem: undefined })
  })

  it('music without a picture is a switch [music-thumb]', async () => {
    const music = () => writeXml({ ...head(), MsgType: 'music', Music: { Title: 't', MusicUrl: 'u' } })
    expect((await replyTo(text, music())).problem).toContain('ThumbMediaId')
    platform.switches.set('musicWithoutThumb', 'accepted')
    expect((await replyTo(text, music())).reply).toMatchObject({ msgType: 'music', musicUrl: 'u' })
  })

  it('to an event may have 8 articles, to a message 1; both sides stand in the conversation [reply-articles]', async () => {
    const items = Array.from({ length: 9 }, (_, index) => item(String(index)))
    const news = writeXml({ ...head(), MsgType: 'news', ArticleCount: 9, Articles: { item: items } })
    const { reply } = await replyTo({ msgType: 'event', event: 'CLICK', eventKey: 'NEWS' }, news)
    expect(reply).toMatchObject({ articles: { length: 8 } })
    expect(platform.conversations.of(openid())).toMatchObject([
      { from: 'person', push: { event: 'CLICK' } },
      { from: 'account', via: 'reply', message: reply },
    ])
  })

  it.each<[string, () => string, RegExp]>([
    ['JSON', () => '{"ok":true}', /XML/],
    [
      'to somebody else',
      () => writeXml({ ...head(), ToUserName: 'o', MsgType: 'text', Content: 'x' }),
      /ToUserName/,
    ],
    [
      'from another account',
      () => writeXml({ ...head(), FromUserName: 'g', MsgType: 'text', Content: 'x' }),
      /From/,
    ],
    [
      'with no time',
      () => writeXml({ ...head(), CreateTime: 'now', MsgType: 'text', Content: 'x' }),
      /CreateTime/,
    ],
    ['of an unknown type', () => writeXml({ ...head(), MsgType: 'poem' }), /"poem"/],
    ['with no text', () => writeXml({ ...head(), MsgType: 'text' }), /Content/],
    ['with a wrong count', () => writeXml({ ...head(), MsgType: 'news', ArticleCount: 2 }), /ArticleCount/],
    ['encrypted, though the mode is plain', () => writeXml({ Encrypt: 'x' }), /plain mode/],
  ])(
    'that is %s is refused, and the person is told [reply-parties] [failed-after-which]',
    async (_name, body, problem) => {
      expect((await replyTo(text, body())).problem).toMatch(problem)
      expect(platform.conversations.of(openid()).at(-1)).toMatchObject({ text: FAILURE_NOTICE })
    },
  )

  it('with another status is refused [any-answer-ends]', async () => {
    answer = (_request, res) => res.writeHead(302, { location: '/' }).end()
    expect((await platform.push.send(person(), text)).problem).toBe('the server answered with status 302')
  })

  describe('in safe mode', () => {
    const sealed = (change: XmlFields = {}, appId = platform.account.appId) => {
      const { token, encodingAesKey } = platform.account.push
      const message = writeXml({ ...head(), MsgType: 'text', Content: '好' })
      const Encrypt = seal(message, { encodingAesKey, appId })
      const MsgSignature = signPush(token, '1760000001', '42', Encrypt)
      return writeXml({ Encrypt, MsgSignature, TimeStamp: 1760000001, Nonce: '42', ...change })
    }
    beforeEach(() => void (platform.account.push.mode = 'safe'))

    it('is encrypted, or empty [success-or-nothing] [reply-safe-mode]', async () => {
      expect(await replyTo(text, sealed())).toMatchObject({ reply: { msgType: 'text', content: '好' } })
      expect(await replyTo(text, 'success')).toMatchObject({ problem: undefined })
    })

    it.each<[string, () => string, RegExp]>([
      ['plain', () => writeXml({ ...head(), MsgType: 'text', Content: 'x' }), /safe mode/],
      ['signed wrongly', () => sealed({ MsgSignature: 'x' }), /MsgSignature/],
      ['not signed', () => sealed({ MsgSignature: undefined }), /has Encrypt, MsgSignature/],
      ["of another account's envelope", () => sealed({}, 'wxother'), /wxother/],
    ])('is refused when it is %s', async (_name, body, problem) => {
      expect((await replyTo(text, body())).problem).toMatch(problem)
    })
  })
})

describe('saving the server configuration', () => {
  it('asks for the echostr, and counts once the server has passed [echostr-plain] [saving-asks-first]', async () => {
    answer = ({ query }, res) => {
      const { signature, timestamp = '', nonce = '', echostr } = query
      res.end(signature === signPush('newToken', timestamp, nonce) ? echostr : 'no')
    }
    expect(await platform.push.configure({ token: 'wrong' })).toMatchObject({
      ok: false,
      text: 'token验证失败',
    })
    expect(platform.account.push.token).toBe('sandboxToken')
    expect(await platform.push.configure({ token: 'newToken', mode: 'safe' })).toEqual({ ok: true })
    expect(platform.account.push).toMatchObject({ token: 'newToken', mode: 'safe' })
  })

  it('says what is wrong with the answer', async () => {
    answer = ({ query }, res) => res.end(`"${query['echostr']}"`)
    expect(await platform.push.verifyUrl()).toMatchObject({
      problem: expect.stringContaining('nothing else'),
    })
    answer = (_request, res) => res.writeHead(404).end()
    expect(await platform.push.verifyUrl()).toMatchObject({ problem: 'status 404' })
    platform.switches.set('pushTimeout', 0.1)
    answer = () => undefined
    expect(await platform.push.verifyUrl()).toMatchObject({ text: '请求URL超时' })
  })

  it.each([{ token: 'no' }, { encodingAesKey: 'short' }, { url: 'ftp://x' }])(
    'refuses %j',
    async (change) => {
      await expect(platform.push.configure(change)).rejects.toThrow(Object.keys(change)[0])
      expect(received).toEqual([])
    },
  )
})

function queryOf(req: IncomingMessage): Record<string, string> {
  return Object.fromEntries(new URL(req.url ?? '/', 'http://site').searchParams)
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of req) body += String(chunk)
  return body
}
