import type { Request } from 'express'
import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import { findNews, newsMessage } from '../articles/newsMessage.ts'
import type { AccountMessage } from '../messages/accountMessage.ts'
import { checkText, mediaOf, need } from '../messages/mediaOf.ts'
import type { Platform } from '../platform.ts'

const text = z.string()
const file = z.object({ media_id: text })
const video = file.extend({ title: text.optional(), description: text.optional() })

/** What the APIs for sending to many have in common: one part for each type of message. */
export const massParts = z.object({
  msgtype: text,
  mpnews: file.optional(),
  text: z.object({ content: text }).optional(),
  voice: file.optional(),
  music: file.optional(),
  image: file.optional(),
  images: z.object({ media_ids: z.array(text).min(1).max(20), recommend: text.default('') }).optional(),
  mpvideo: video.optional(),
  video: video.optional(),
  wxcard: z.object({ card_id: text }).optional(),
})

type Parts = z.output<typeof massParts>

/**
 * What people get. Articles are told of separately, since they get an address first.
 *
 * @throws {Errcode} 40008 for a type that there is not, 47001 where its part is missing, and what is wrong with that
 */
export function massMessage(platform: Platform, body: Parts): Exclude<AccountMessage, { msgType: 'news' }> {
  switch (body.msgtype) {
    case 'text':
      return { msgType: 'text', content: checkText(need(body.text).content) }
    case 'voice':
      return { msgType: 'voice', mediaId: mediaOf(platform, need(body.voice).media_id, 'voice') }
    case 'music':
      return { msgType: 'voice', mediaId: mediaOf(platform, need(body.music).media_id, 'voice') }
    case 'image': {
      if (!body.images)
        return { msgType: 'image', mediaId: mediaOf(platform, need(body.image).media_id, 'image') }
      const { media_ids, recommend } = body.images
      return {
        msgType: 'images',
        mediaIds: media_ids.map((id) => mediaOf(platform, id, 'image')),
        words: recommend,
      }
    }
    case 'mpvideo':
    case 'video': {
      const { media_id, title, description } = need(body.mpvideo ?? body.video)
      const mediaId = mediaOf(platform, media_id, 'video')
      const kept = platform.fileOf(mediaId)
      return {
        msgType: 'video',
        mediaId,
        title: title ?? kept?.title ?? '',
        description: description ?? kept?.description ?? '',
      }
    }
    case 'wxcard':
      return { msgType: 'wxcard', cardId: need(body.wxcard).card_id }
    default:
      throw new Errcode(40008)
  }
}

/** What a person sees of it before it is sent: articles are looked at as they stand in the draft. */
export function previewMessage(platform: Platform, req: Request, body: Parts): AccountMessage {
  if (body.msgtype !== 'mpnews') return massMessage(platform, body)
  const { media_id } = need(body.mpnews)
  return newsMessage(platform, req, media_id, findNews(platform, media_id))
}
