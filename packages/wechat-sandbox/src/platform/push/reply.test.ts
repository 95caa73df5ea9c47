import { beforeEach, describe, expect, it } from 'vitest'
import { seal, signPush } from './envelope.ts'
import type { Push } from './messages.ts'
import { pushedServer } from './pushedServer.testing.ts'
import { FAILURE_NOTICE } from './pushes.ts'
import { writeXml, type XmlFields } from './xml.ts'

const target = pushedServer()
const { person, openid, answerWith } = target
const text: Push = { msgType: 'text', content: '你好 <hi>' }

describe('the reply', () => {
  const head = () => ({ ToUserName: openid(), FromUserName: 'gh_5a9d0c0ffee1', CreateTime: 1760000001 })
  const replyTo = (push: Push, body: string) => {
    answerWith((_request, res) => res.end(body))
    return target.platform.push.send(person(), push)
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
    target.platform.switches.set('musicWithoutThumb', 'accepted')
    expect((await replyTo(text, music())).reply).toMatchObject({ msgType: 'music', musicUrl: 'u' })
  })

  it('to an event may have 8 articles, to a message 1; both sides stand in the conversation [reply-articles]', async () => {
    const items = Array.from({ length: 9 }, (_, index) => item(String(index)))
    const news = writeXml({ ...head(), MsgType: 'news', ArticleCount: 9, Articles: { item: items } })
    const { reply } = await replyTo({ msgType: 'event', event: 'CLICK', eventKey: 'NEWS' }, news)
    expect(reply).toMatchObject({ articles: { length: 8 } })
    expect(target.platform.conversations.of(openid())).toMatchObject([
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
      expect(target.platform.conversations.of(openid()).at(-1)).toMatchObject({ text: FAILURE_NOTICE })
    },
  )

  it('with another status is refused [any-answer-ends]', async () => {
    answerWith((_request, res) => res.writeHead(302, { location: '/' }).end())
    expect((await target.platform.push.send(person(), text)).problem).toBe(
      'the server answered with status 302',
    )
  })

  describe('in safe mode', () => {
    const sealed = (change: XmlFields = {}, appId = target.platform.account.appId) => {
      const { token, encodingAesKey } = target.platform.account.push
      const message = writeXml({ ...head(), MsgType: 'text', Content: '好' })
      const Encrypt = seal(message, { encodingAesKey, appId })
      const MsgSignature = signPush(token, '1760000001', '42', Encrypt)
      return writeXml({ Encrypt, MsgSignature, TimeStamp: 1760000001, Nonce: '42', ...change })
    }
    beforeEach(() => void (target.platform.account.push.mode = 'safe'))

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
