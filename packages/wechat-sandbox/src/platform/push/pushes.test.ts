import { describe, expect, it } from 'vitest'
import { signPush, unseal } from './envelope.ts'
import type { Push } from './messages.ts'
import { pushedServer } from './pushedServer.testing.ts'
import { FAILURE_NOTICE } from './pushes.ts'
import { childText, readXml } from './xml.ts'

const target = pushedServer()
const { received, person, openid, answerWith, goAway } = target
const text: Push = { msgType: 'text', content: '你好 <hi>' }

describe('a push', () => {
  it('in plain mode is signed, and the body is plain [push-signature] [push-openid-query]', async () => {
    const result = await target.platform.push.send(person(), text)
    const [{ query, body } = { query: {}, body: '' }] = received
    const { signature, timestamp = '', nonce = '' } = query
    expect(Object.keys(query)).toEqual(['signature', 'timestamp', 'nonce', 'openid'])
    expect(signature).toBe(signPush(target.platform.account.push.token, timestamp, nonce))
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
      target.platform.account.push.mode = mode
      await target.platform.push.send(person(), text)
      const [{ query, body } = { query: {}, body: '' }] = received
      const outer = readXml(body)
      const encrypted = childText(outer, 'Encrypt') ?? ''
      const { token, encodingAesKey } = target.platform.account.push
      expect(query).toMatchObject({ encrypt_type: 'aes', openid: openid() })
      expect(query['msg_signature']).toBe(
        signPush(token, query['timestamp'] ?? '', query['nonce'] ?? '', encrypted),
      )
      const { message, appId } = unseal(encrypted, encodingAesKey)
      expect(appId).toBe(target.platform.account.appId)
      expect(childText(readXml(message), 'Content')).toBe('你好 <hi>')
      expect(childText(outer, 'Content')).toBe(mode === 'compatible' ? '你好 <hi>' : undefined)
      expect(childText(outer, 'ToUserName')).toBe('gh_5a9d0c0ffee1')
    },
  )

  it('can be forged in every way that a server must refuse', () => {
    target.platform.account.push.mode = 'safe'
    const { token, encodingAesKey } = target.platform.account.push
    const made = (tamper: object) => {
      const { url, body = '' } = target.platform.push.request(person(), text, { tamper })
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
    await expect(target.platform.push.send(person(), wrong)).rejects.toThrow(/content/)
    expect(received).toEqual([])
  })
})

describe('who does not answer', () => {
  it('is asked 3 times more, with the same MsgId and CreateTime, each signed again [push-five-seconds] [push-retries] [retry-identity]', async () => {
    target.platform.switches.set('pushTimeout', 0.1)
    answerWith(() => undefined)
    const { deliveries, problem } = await target.platform.push.send(person(), text)
    expect(deliveries.map((delivery) => 'problem' in delivery && delivery.problem)).toEqual(
      Array(4).fill('no answer within 0.1 seconds'),
    )
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(received.map(({ query }) => query['nonce'])).size).toBe(4)
    expect(problem).toMatch(/no answer/)
    expect(target.platform.conversations.of(openid()).at(-1)).toMatchObject({
      from: 'system',
      text: FAILURE_NOTICE,
    })
  })

  it('may still answer a later delivery', async () => {
    target.platform.switches.set('pushTimeout', 0.1)
    answerWith((_request, res) => received.length > 2 && res.end(''))
    const { deliveries, problem } = await target.platform.push.send(person(), text)
    expect([deliveries.length, problem]).toEqual([3, undefined])
  })

  it('or cannot be reached: the person is told, and no one waits [service-failed]', async () => {
    goAway()
    const { problem } = await target.platform.push.send(person(), text)
    expect(problem).toMatch(/can't be reached: .*ECONNREFUSED/)
  })

  it('settings that make no push are a problem of the push, not of the sandbox', async () => {
    Object.assign(target.platform.account.push, { mode: 'safe', encodingAesKey: 'short' })
    expect((await target.platform.push.send(person(), text)).problem).toMatch(
      /cannot be made: EncodingAESKey is 43/,
    )
  })
})

describe('saving the server configuration', () => {
  it('asks for the echostr, and counts once the server has passed [echostr-plain] [saving-asks-first]', async () => {
    answerWith(({ query }, res) => {
      const { signature, timestamp = '', nonce = '', echostr } = query
      res.end(signature === signPush('newToken', timestamp, nonce) ? echostr : 'no')
    })
    expect(await target.platform.push.configure({ token: 'wrong' })).toMatchObject({
      ok: false,
      text: 'token验证失败',
    })
    expect(target.platform.account.push.token).toBe('sandboxToken')
    expect(await target.platform.push.configure({ token: 'newToken', mode: 'safe' })).toEqual({ ok: true })
    expect(target.platform.account.push).toMatchObject({ token: 'newToken', mode: 'safe' })
  })

  it('says what is wrong with the answer', async () => {
    answerWith(({ query }, res) => res.end(`"${query['echostr']}"`))
    expect(await target.platform.push.verifyUrl()).toMatchObject({
      problem: expect.stringContaining('nothing else'),
    })
    answerWith((_request, res) => res.writeHead(404).end())
    expect(await target.platform.push.verifyUrl()).toMatchObject({ problem: 'status 404' })
    target.platform.switches.set('pushTimeout', 0.1)
    answerWith(() => undefined)
    expect(await target.platform.push.verifyUrl()).toMatchObject({ text: '请求URL超时' })
  })

  it.each([{ token: 'no' }, { encodingAesKey: 'short' }, { url: 'ftp://x' }])(
    'refuses %j',
    async (change) => {
      await expect(target.platform.push.configure(change)).rejects.toThrow(Object.keys(change)[0])
      expect(received).toEqual([])
    },
  )
})
