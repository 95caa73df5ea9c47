import { z } from 'zod'
import type { Wechat } from '../wechat.ts'
import type { Reply } from '../push/reply.ts'

/**
 * Sends a customer-service message, which WeChat takes within 48 hours after the person did something.
 *
 * @throws {WechatApiError} 45015 or 45047: too late or too many; 48001: the account may not
 * @throws {TypeError} `transfer_customer_service` can only be a reply
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html
 */
export async function sendCustomMessage(
  wechat: Pick<Wechat, 'api'>,
  openid: string,
  reply: Reply,
): Promise<void> {
  await wechat.api({
    method: 'POST',
    path: '/cgi-bin/message/custom/send',
    body: { touser: openid, ...toCustomMessage(reply) },
    schema: z.object({}),
  })
}

/** The same content in the words of this endpoint, which differ from those of a reply. */
function toCustomMessage(reply: Reply): Record<string, unknown> {
  switch (reply.msgType) {
    case 'text':
      return { msgtype: 'text', text: { content: reply.content } }
    case 'image':
    case 'voice':
      return { msgtype: reply.msgType, [reply.msgType]: { media_id: reply.mediaId } }
    case 'video': {
      const { mediaId, thumbMediaId, title, description } = reply
      const video = { media_id: mediaId, thumb_media_id: thumbMediaId, title, description }
      return { msgtype: 'video', video }
    }
    case 'music': {
      const { title, description, musicUrl, hqMusicUrl, thumbMediaId } = reply
      const music = {
        title,
        description,
        musicurl: musicUrl,
        hqmusicurl: hqMusicUrl,
        thumb_media_id: thumbMediaId,
      }
      return { msgtype: 'music', music }
    }
    case 'news':
      return {
        msgtype: 'news',
        // This endpoint takes one article.
        news: {
          articles: reply.articles
            .slice(0, 1)
            .map(({ title, description, picUrl, url }) => ({ title, description, picurl: picUrl, url })),
        },
      }
    case 'transfer_customer_service':
      throw new TypeError('transfer_customer_service can only be sent as a reply, within 4 seconds')
  }
}
