// Facts that do not come from this code: signatures, ciphertexts and bodies that WeChat and other people's tests publish.
import { describe, expect, it } from 'vitest'
import { hasSignature, jsapiString, serverSignature, signJsapi, verifyServerSignature } from '../signature.ts'
import { createPushCipher } from './cipher.ts'
import { pushIdentity, toPush } from './push.ts'
import { createCallbackReceiver } from './callbackReceiver.ts'
import { writeReply, type Reply } from './reply.ts'
import vectors from './testing/vectors.json' with { type: 'json' }
import { readXml, type PushFields } from './xml.ts'

describe('signatures', () => {
  it.each(vectors.jsapiSignatures)('of the page $url', (vector) => {
    const { jsapi_ticket: ticket, noncestr: nonceStr, timestamp, url } = vector
    expect(jsapiString({ ticket, nonceStr, timestamp, url })).toBe(vector.string)
    expect(signJsapi({ ticket, nonceStr, timestamp: Number(timestamp), url }).signature).toBe(
      vector.signature,
    )
  })

  it.each(vectors.sortedHashes)('of the sorted parts $parts', ({ parts, hash }) =>
    expect(serverSignature(...parts)).toBe(hash),
  )

  it.each(vectors.serverSignatures)('$token $timestamp $nonce', ({ valid, ...claim }) => {
    const now = Number(claim.timestamp) * 1000
    expect(verifyServerSignature({ ...claim, now })).toBe(valid)
  })

  it.each(vectors.msgSignatures)(
    'of an encrypted message',
    ({ token, timestamp, nonce, encrypt, signature }) => {
      expect(serverSignature(token, timestamp, nonce, encrypt)).toBe(signature)
    },
  )
})

describe('encrypted messages', () => {
  it.each(vectors.encrypted)('$source $timestamp', (vector) => {
    const cipher = createPushCipher(vector)
    expect(cipher.decrypt(vector.encrypt)).toBe(vector.text)
    if (vector.random) expect(cipher.encrypt(vector.text, Buffer.from(vector.random))).toBe(vector.encrypt)
    if (vector.msg_signature) {
      const { token, timestamp = '', nonce = '', encrypt } = vector
      expect(hasSignature(vector.msg_signature, token ?? '', timestamp, nonce, encrypt)).toBe(true)
    }
  })

  it.each(vectors.refused)('$source: refused because of the $because', (vector) => {
    const receiver = createCallbackReceiver({
      ...vector,

      now: () => Number(vector.timestamp) * 1000,
    })
    const body = Buffer.from(`<xml><Encrypt><![CDATA[${vector.encrypt}]]></Encrypt></xml>`)
    const code = vector.because === 'signature' ? 'invalid_signature' : 'decryption_failed'
    expect(() => receiver.admit({ ...vector }).open(body)).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.replies)('$source: a reply', (vector) => {
    const encrypt = createPushCipher(vector).encrypt(vector.text, Buffer.from(vector.random))
    expect(encrypt).toBe(vector.encrypt)
    if (vector.timestamp)
      expect(serverSignature(vector.token, vector.timestamp, vector.nonce, encrypt)).toBe(vector.msgSignature)
  })
})

describe('bodies', () => {
  it.each(vectors.pushes.map((push, at) => ({ ...push, at })))('$at $source', ({ xml, parsed, basis }) => {
    if (!parsed)
      return void expect(() => readXml(xml)).toThrow(expect.objectContaining({ code: 'malformed' }))
    const fields = readXml(xml)
    expect(trimmed(fields)).toEqual(parsed)

    const push = toPush(fields)
    const wanted: Record<string, unknown> = parsed
    const { ToUserName, FromUserName, CreateTime, MsgType, Event } = wanted
    expect(push).toMatchObject({
      toUserName: ToUserName,
      fromUserName: FromUserName,
      createTime: Number(CreateTime),
    })
    if (push.kind === 'unknown') expect(push).toMatchObject({ msgType: MsgType })
    else expect(push.kind).toBe(MsgType === 'event' ? `event.${Event}` : `message.${MsgType}`)

    const [first] = JSON.parse(pushIdentity(push)) as string[]
    expect(first).toBe(basis === 'MsgId' && 'msgId' in push && push.msgId ? 'message' : 'event')
  })
})

describe('replies', () => {
  it.each(vectors.passiveReplies.map((reply) => ({ ...reply, type: reply.fields.MsgType })))(
    '$source $type',
    ({ fields, xml }) => {
      const { ToUserName, FromUserName, CreateTime } = fields
      const push = { toUserName: FromUserName, fromUserName: ToUserName }
      const written = writeReply(toReply(fields), push, Number(CreateTime) * 1000 + 999)
      expect(readXml(written)).toEqual(readXml(xml))
    },
  )
})

// The texts of the vectors are trimmed; ours keep what a person wrote in a CDATA section.
function trimmed(fields: PushFields): unknown {
  return JSON.parse(JSON.stringify(fields), (_key, value: unknown) =>
    typeof value === 'string' ? value.trim() : value,
  )
}

// A vector's fields have WeChat's names and replies have ours.
function toReply(fields: Record<string, unknown>): Reply {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [OUR_NAMES[name] ?? name, rename(inner)]),
    )
  }
  const { MsgType, Content, Articles, Image, Voice, Video, Music, TransInfo } = fields
  const item = Object(Articles)['item'] as unknown
  const articles = item === undefined ? undefined : [item].flat().map(rename)
  const body = rename(Image ?? Voice ?? Video ?? Music ?? TransInfo)
  return { msgType: MsgType, content: Content, articles, ...Object(body) } as Reply
}
const OUR_NAMES: Record<string, string> = {
  MediaId: 'mediaId',
  ThumbMediaId: 'thumbMediaId',
  Title: 'title',
  Description: 'description',
  MusicUrl: 'musicUrl',
  HQMusicUrl: 'hqMusicUrl',
  PicUrl: 'picUrl',
  Url: 'url',
  KfAccount: 'kfAccount',
}
