import { z } from 'zod'
import type { Push } from './push.ts'

const article = z.object({
  title: z.string(),
  description: z.string(),
  /** Absolute address of the picture. */
  picUrl: z.string(),
  /** Absolute address that opens. */
  url: z.string(),
})
export type ReplyArticle = z.output<typeof article>

/** What a handler answers with. `mediaId` and `thumbMediaId` are of uploaded material. */
export const replySchema = z.discriminatedUnion('msgType', [
  z.object({ msgType: z.literal('text'), content: z.string().min(1) }),
  z.object({ msgType: z.enum(['image', 'voice']), mediaId: z.string() }),
  z.object({
    msgType: z.literal('video'),
    mediaId: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    /** Only a late reply has one: a customer-service message wants the picture that stands for the video. */
    thumbMediaId: z.string().optional(),
  }),
  z.object({
    msgType: z.literal('music'),
    thumbMediaId: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    musicUrl: z.string().optional(),
    hqMusicUrl: z.string().optional(),
  }),
  /** One article in answer to a message, up to eight in answer to an event; WeChat cuts the rest. */
  z.object({ msgType: z.literal('news'), articles: z.array(article).min(1) }),
  /** Hands the person over to the account's customer service, to a named one if given. */
  z.object({ msgType: z.literal('transfer_customer_service'), kfAccount: z.string().optional() }),
])
export type Reply = z.output<typeof replySchema>

/**
 * The XML of a reply. `now`: milliseconds since 1970; WeChat wants seconds.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html
 */
export function writeReply(
  reply: Reply,
  push: Pick<Push, 'toUserName' | 'fromUserName'>,
  now: number,
): string {
  const head =
    cdata('ToUserName', push.fromUserName) +
    cdata('FromUserName', push.toUserName) +
    `<CreateTime>${Math.floor(now / 1000)}</CreateTime>` +
    cdata('MsgType', reply.msgType)
  return `<xml>${head}${bodyOf(reply)}</xml>`
}

function bodyOf(reply: Reply): string {
  switch (reply.msgType) {
    case 'text':
      return cdata('Content', reply.content)
    case 'image':
    case 'voice':
      return element(reply.msgType === 'image' ? 'Image' : 'Voice', cdata('MediaId', reply.mediaId))
    case 'video':
      return element(
        'Video',
        cdata('MediaId', reply.mediaId) +
          cdata('Title', reply.title) +
          cdata('Description', reply.description),
      )
    case 'music':
      return element(
        'Music',
        cdata('Title', reply.title) +
          cdata('Description', reply.description) +
          cdata('MusicUrl', reply.musicUrl) +
          cdata('HQMusicUrl', reply.hqMusicUrl) +
          cdata('ThumbMediaId', reply.thumbMediaId),
      )
    case 'news':
      return `<ArticleCount>${reply.articles.length}</ArticleCount>${element('Articles', reply.articles.map(itemOf).join(''))}`
    case 'transfer_customer_service':
      return reply.kfAccount ? element('TransInfo', cdata('KfAccount', reply.kfAccount)) : ''
  }
}

const itemOf = ({ title, description, picUrl, url }: ReplyArticle): string =>
  element(
    'item',
    cdata('Title', title) + cdata('Description', description) + cdata('PicUrl', picUrl) + cdata('Url', url),
  )

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`

/** An element with text that may be anything; nothing for undefined. */
export function cdata(name: string, text: string | undefined): string {
  if (text === undefined) return ''
  // XML 1.0 has no way to write most control characters and lone surrogates: they are dropped.
  // eslint-disable-next-line no-control-regex
  const writable = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return element(name, `<![CDATA[${writable.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`)
}
