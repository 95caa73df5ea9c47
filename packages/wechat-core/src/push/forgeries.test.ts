// What a stranger may try at the callback address. Each is refused, and no handler hears of it.
import { createCipheriv } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { serverSignature } from '../signature.ts'
import { memoryStore } from '../stores/memory.ts'
import { createPushCipher } from './cipher.ts'
import { onPush } from './handlers.ts'
import {
  ACCOUNT,
  plainDelivery,
  safeDelivery,
  serve,
  textMessage,
  type Callback,
  type Delivery,
} from './testing/pushSender.ts'
import { wechatPush } from './wechatPush.ts'

const heard: string[] = []
const callbackOf = (options: { encodingAesKey?: string; mode?: 'compatible' }) =>
  serve(
    wechatPush({
      wechat: { appId: ACCOUNT.appId, api: () => Promise.reject(new Error('nothing is sent')) },
      store: memoryStore(),
      token: ACCOUNT.token,
      handlers: [onPush('message.text', ({ content }) => void heard.push(content))],
      ...options,
    }),
  )
const HELLO = textMessage('hello', '24800000000000001')
const now = () => Math.floor(Date.now() / 1000)
const minutesAgo = (minutes: number) => String(now() - minutes * 60)

let plain: Callback
let safe: Callback
let compatible: Callback
beforeAll(async () => {
  plain = await callbackOf({})
  safe = await callbackOf({ encodingAesKey: ACCOUNT.encodingAesKey })
  compatible = await callbackOf({ encodingAesKey: ACCOUNT.encodingAesKey, mode: 'compatible' })
})
afterEach(() => heard.splice(0))
afterAll(() => Promise.all([plain.close(), safe.close(), compatible.close()]))

async function expectRefusal(
  callback: Callback,
  delivery: Delivery,
  status: number,
  code: string,
): Promise<void> {
  const answer = await callback.deliver(delivery)
  expect(answer).toMatchObject({ status, text: expect.stringContaining(code) })
  expect(heard).toEqual([])
}

it('what is genuine is taken, in each mode', async () => {
  expect(await plain.deliver(plainDelivery(HELLO))).toMatchObject({ status: 200, text: 'success' })
  expect(await safe.deliver(safeDelivery(HELLO))).toMatchObject({ status: 200, text: 'success' })
  expect(await compatible.deliver(safeDelivery(HELLO))).toMatchObject({ status: 200, text: 'success' })
  const later = textMessage('plain while the console changes', '2')
  expect(await compatible.deliver(plainDelivery(later))).toMatchObject({ status: 200, text: 'success' })
  expect(heard).toEqual(['hello', 'hello', 'hello', 'plain while the console changes'])
})

describe('plain mode', () => {
  const changed = (change: Record<string, string | string[] | undefined>): Delivery => {
    const { query, body } = plainDelivery(HELLO)
    const entries = Object.entries({ ...query, ...change }).filter(([, value]) => value !== undefined)
    return { query: Object.fromEntries(entries) as Delivery['query'], body }
  }

  it('a made-up signature', () =>
    expectRefusal(plain, changed({ signature: 'f'.repeat(40) }), 403, 'invalid_signature'))
  it("another account's Token", () =>
    expectRefusal(plain, plainDelivery(HELLO, undefined, 'anotherToken'), 403, 'invalid_signature'))
  it('an empty Token', () =>
    expectRefusal(plain, plainDelivery(HELLO, undefined, ''), 403, 'invalid_signature'))
  it('captured 11 minutes ago', () =>
    expectRefusal(plain, plainDelivery(HELLO, minutesAgo(11)), 403, 'invalid_signature'))
  it('dated 11 minutes ahead', () =>
    expectRefusal(plain, plainDelivery(HELLO, minutesAgo(-11)), 403, 'invalid_signature'))
  it('a time that is no number', () =>
    expectRefusal(plain, plainDelivery(HELLO, `${now()}x`), 403, 'invalid_signature'))
  it('no signature', () => expectRefusal(plain, changed({ signature: undefined }), 400, 'invalid_parameter'))
  it('an empty nonce', () => expectRefusal(plain, changed({ nonce: '' }), 400, 'invalid_parameter'))
  it('two signatures', () => {
    const { signature = '' } = plainDelivery(HELLO).query
    return expectRefusal(plain, changed({ signature: [String(signature), 'x'] }), 400, 'invalid_parameter')
  })
  it('an empty body', () => expectRefusal(plain, plainDelivery(''), 400, 'malformed'))
  it('JSON: an Official Account is sent XML', () =>
    expectRefusal(plain, plainDelivery('{"MsgType":"text"}'), 400, 'malformed'))
  it('a tag that is not closed', () =>
    expectRefusal(plain, plainDelivery(HELLO.slice(0, -6)), 400, 'malformed'))
  it('two documents', () => expectRefusal(plain, plainDelivery(HELLO + HELLO), 400, 'malformed'))
  it('another root element', () =>
    expectRefusal(plain, plainDelivery(HELLO.replaceAll('xml>', 'html>')), 400, 'malformed'))
  it('a document type', () => expectRefusal(plain, plainDelivery(`<!DOCTYPE xml>${HELLO}`), 400, 'malformed'))
  it('an external entity', () => {
    const body = `<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/hostname">]>${HELLO.replace('<![CDATA[hello]]>', '&e;')}`
    return expectRefusal(plain, plainDelivery(body), 400, 'malformed')
  })
  it('entities that grow', () => {
    const entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    const body = `<!DOCTYPE xml [${entities}]>${HELLO.replace('<![CDATA[hello]]>', '&b;')}`
    return expectRefusal(plain, plainDelivery(body), 400, 'malformed')
  })
  it('elements nested too deep', () => {
    const body = HELLO.replace('<![CDATA[hello]]>', '<a>'.repeat(20) + '</a>'.repeat(20))
    return expectRefusal(plain, plainDelivery(body), 400, 'malformed')
  })
  it('elements nested as deep as 64 KiB allow', () =>
    expectRefusal(plain, plainDelivery('<a>'.repeat(20_000)), 400, 'malformed'))
  it('bytes that are not UTF-8', () =>
    expectRefusal(plain, { ...plainDelivery(''), body: Buffer.from([0x3c, 0xff, 0xfe]) }, 400, 'malformed'))
  it('a compressed body', () => {
    const delivery = { ...plainDelivery(''), body: gzipSync(HELLO), headers: { 'content-encoding': 'gzip' } }
    return expectRefusal(plain, delivery, 400, 'malformed')
  })
  it('over 64 KiB', () =>
    expectRefusal(plain, plainDelivery(textMessage('x'.repeat(65_536), '1')), 413, 'too_large'))
  // What grows with the square of its size would take minutes for these, and the process with it.
  it('sixty bodies of 16,000 elements of one name each', async () => {
    const body = `<xml>${'<a/>'.repeat(16_000)}</xml>`
    for (let i = 0; i < 60; i++) await expectRefusal(plain, plainDelivery(body), 400, 'malformed')
  })
  it('four hundred queries of 1,900 names each', async () => {
    const names = Object.fromEntries(Array.from({ length: 1_900 }, (_, i) => [`n${i}`, '']))
    for (let i = 0; i < 400; i++)
      await expectRefusal(plain, { query: names, body: HELLO }, 400, 'invalid_parameter')
  })
  it('no message in it', () => expectRefusal(plain, plainDelivery('<xml></xml>'), 400, 'malformed'))
  it('no sender', () =>
    expectRefusal(plain, plainDelivery(HELLO.replaceAll('FromUserName', 'From')), 400, 'malformed'))
  it('a time of creation that is no number', () =>
    expectRefusal(plain, plainDelivery(HELLO.replace(/(?<=<CreateTime>)\d+/, 'x')), 400, 'malformed'))
  it('an encrypted message, when no key is configured', () =>
    expectRefusal(plain, safeDelivery(HELLO), 403, 'invalid_signature'))
})

describe('safe mode', () => {
  const withCiphertext = (encrypt: string) => safeDelivery('', { encrypt })

  it('a plain push with a good signature', () =>
    expectRefusal(safe, plainDelivery(HELLO), 403, 'not_encrypted'))
  it('a plain body behind the parameters of safe mode', () =>
    expectRefusal(safe, { ...safeDelivery(HELLO), body: HELLO }, 403, 'not_encrypted'))
  it('encrypt_type=raw', () => {
    const { query } = plainDelivery(HELLO)
    return expectRefusal(
      safe,
      { query: { ...query, encrypt_type: 'raw' }, body: HELLO },
      403,
      'not_encrypted',
    )
  })
  it('a made-up msg_signature', () => {
    const { query, body } = safeDelivery(HELLO)
    return expectRefusal(
      safe,
      { query: { ...query, msg_signature: 'f'.repeat(40) }, body },
      403,
      'invalid_signature',
    )
  })
  it("the plain signature in the place of msg_signature's", () => {
    const { query, body } = safeDelivery(HELLO)
    const { signature = '' } = query
    return expectRefusal(
      safe,
      { query: { ...query, msg_signature: signature }, body },
      403,
      'invalid_signature',
    )
  })
  it('two msg_signatures', () => {
    const { query, body } = safeDelivery(HELLO)
    const twice = [String(query['msg_signature']), String(query['msg_signature'])]
    return expectRefusal(safe, { query: { ...query, msg_signature: twice }, body }, 400, 'invalid_parameter')
  })
  it('captured 11 minutes ago', () =>
    expectRefusal(safe, safeDelivery(HELLO, { timestamp: minutesAgo(11) }), 403, 'invalid_signature'))
  it('one bit of the ciphertext changed', () => {
    const { query, body } = safeDelivery(HELLO)
    const flipped = String(body).replace(/(?<=<Encrypt><!\[CDATA\[.{10})./, (char) =>
      char === 'A' ? 'B' : 'A',
    )
    return expectRefusal(safe, { query, body: flipped }, 403, 'invalid_signature')
  })
  it("encrypted for another account's AppID", () => {
    const encrypt = createPushCipher({ ...ACCOUNT, appId: 'wx0000000000000000' }).encrypt(HELLO)
    return expectRefusal(safe, withCiphertext(encrypt), 403, 'decryption_failed')
  })
  it('encrypted with another key', () => {
    const encrypt = createPushCipher({ ...ACCOUNT, encodingAesKey: 'A'.repeat(43) }).encrypt(HELLO)
    return expectRefusal(safe, withCiphertext(encrypt), 403, 'decryption_failed')
  })
  it.each([
    ['no padding', (text: Buffer) => padded(text, 0)],
    ['padding of 33', (text: Buffer) => padded(text, 33)],
    ['padding whose bytes differ', (text: Buffer) => padded(text, 5, 9)],
  ])('%s', (_name, pad) =>
    expectRefusal(safe, withCiphertext(encryptRaw(pad(envelope(HELLO)))), 403, 'decryption_failed'),
  )
  it.each([
    ['more than there is', 1_000_000],
    ['less than there is', 3],
    ['2^32 - 1', 0xffffffff],
  ])('a declared length of %s', (_name, length) =>
    expectRefusal(
      safe,
      withCiphertext(encryptRaw(padded(envelope(HELLO, length)))),
      403,
      'decryption_failed',
    ),
  )
  it('a ciphertext of half a block', () =>
    expectRefusal(safe, withCiphertext(Buffer.alloc(48, 7).toString('base64')), 403, 'decryption_failed'))
  it('a ciphertext of one block, too short for an envelope', () =>
    expectRefusal(safe, withCiphertext(encryptRaw(padded(Buffer.alloc(3)))), 403, 'decryption_failed'))
  it('a ciphertext that is not base64', () =>
    expectRefusal(safe, withCiphertext('!'.repeat(64)), 403, 'decryption_failed'))
  it('a document type inside the ciphertext', () =>
    expectRefusal(safe, safeDelivery(`<!DOCTYPE xml>${HELLO}`), 400, 'malformed'))
})

describe('compatible mode', () => {
  it('believes only what was encrypted, not the plain fields beside it', async () => {
    const { query, body } = safeDelivery(textMessage('the encrypted one', '3'))
    const both = String(body).replace(
      '</xml>',
      '<MsgType>text</MsgType><Content>the plain one</Content></xml>',
    )
    expect(await compatible.deliver({ query, body: both })).toMatchObject({ status: 200 })
    expect(heard).toEqual(['the encrypted one'])
  })
  it('a plain push with a made-up signature', () => {
    const { query, body } = plainDelivery(HELLO)
    return expectRefusal(
      compatible,
      { query: { ...query, signature: 'f'.repeat(40) }, body },
      403,
      'invalid_signature',
    )
  })
})

it('other methods are not for this address', async () => {
  for (const method of ['PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
    const response = await fetch(plain.url, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  }
})

describe("the console's check", () => {
  const check = async (query: Record<string, string>) => {
    const response = await fetch(`${plain.url}?${new URLSearchParams(query)}`)
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  const timestamp = minutesAgo(0)
  const good = { signature: serverSignature(ACCOUNT.token, timestamp, '1'), timestamp, nonce: '1' }

  it('gives markup back as plain text, never as a page', async () => {
    const echostr = '<script>alert(1)</script>'
    const type = expect.stringContaining('text/plain')
    expect(await check({ ...good, echostr })).toEqual({ status: 200, type, text: echostr })
  })
  it('is refused without a good signature', async () =>
    expect(await check({ ...good, signature: 'x', echostr: '1' })).toMatchObject({ status: 403 }))
})

// The envelope by hand, to break it.
function envelope(text: string, length = Buffer.byteLength(text)): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  return Buffer.concat([Buffer.alloc(16, 1), size, Buffer.from(text), Buffer.from(ACCOUNT.appId)])
}
function padded(plain: Buffer, value = 32 - (plain.length % 32), first = value): Buffer {
  const padding = Buffer.alloc(32 - (plain.length % 32), value)
  padding[0] = first
  return Buffer.concat([plain, padding])
}
function encryptRaw(bytes: Buffer): string {
  const key = Buffer.from(`${ACCOUNT.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
}
