import type { Request } from 'express'
import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import { findNews, newsMessage } from '../articles/newsMessage.ts'
import type { Platform } from '../platform.ts'
import type { AccountMessage } from './accountMessage.ts'
import { checkText, mediaOf, need } from './mediaOf.ts'

const text = z.string()
const optional = text.default('')
const article = z.object({ title: text, description: optional, url: optional, picurl: optional })
const menuItem = z.object({ id: z.union([text, z.number()]).transform(String), content: text })

/** The body of `message/custom/send`, with one part for each type of message. */
export const customBody = z.object({
  touser: text,
  msgtype: text,
  text: z.object({ content: text }).optional(),
  image: z.object({ media_id: text }).optional(),
  voice: z.object({ media_id: text }).optional(),
  video: z.object({ media_id: text, title: optional, description: optional }).optional(),
  music: z.object({ title: optional, description: optional, musicurl: text, hqmusicurl: text }).optional(),
  news: z.object({ articles: z.array(article) }).optional(),
  mpnews: z.object({ media_id: text }).optional(),
  mpnewsarticle: z.object({ article_id: text }).optional(),
  wxcard: z.object({ card_id: text }).optional(),
  miniprogrampage: z
    .object({ title: optional, appid: text, pagepath: text, thumb_media_id: text })
    .optional(),
  msgmenu: z
    .object({ head_content: optional, list: z.array(menuItem).min(1), tail_content: optional })
    .optional(),
  // Which account of the customer service writes.
  customservice: z.object({ kf_account: text }).optional(),
})

/**
 * What the person gets.
 *
 * @throws {Errcode} 40008 for a type that there is not, 47001 where its part is missing, and what is wrong with that
 */
export function customMessage(
  platform: Platform,
  req: Request,
  body: z.output<typeof customBody>,
): AccountMessage {
  switch (body.msgtype) {
    case 'text':
      return { msgType: 'text', content: checkText(need(body.text).content) }
    case 'image':
      return { msgType: 'image', mediaId: mediaOf(platform, need(body.image).media_id) }
    case 'voice':
      return { msgType: 'voice', mediaId: mediaOf(platform, need(body.voice).media_id) }
    case 'video': {
      const { media_id, title, description } = need(body.video)
      return { msgType: 'video', mediaId: mediaOf(platform, media_id), title, description }
    }
    case 'music': {
      const { title, description, musicurl: musicUrl, hqmusicurl: hqMusicUrl } = need(body.music)
      return { msgType: 'music', title, description, musicUrl, hqMusicUrl }
    }
    case 'news': {
      const { articles } = need(body.news)
      if (articles.length !== 1) throw new Errcode(45008) // one since 2018-10-12 (believed)
      return {
        msgType: 'news',
        articles: articles.map(({ picurl: picUrl, ...rest }) => ({ ...rest, picUrl })),
      }
    }
    case 'mpnews': {
      const { media_id } = need(body.mpnews)
      return newsMessage(platform, req, media_id, findNews(platform, media_id))
    }
    case 'mpnewsarticle': {
      const { article_id } = need(body.mpnewsarticle)
      const publication = platform.publications.get(article_id)
      if (!publication?.listed) throw new Errcode(53600)
      return newsMessage(platform, req, article_id, publication.articles)
    }
    case 'wxcard':
      return { msgType: 'wxcard', cardId: need(body.wxcard).card_id }
    case 'miniprogrampage': {
      const { title, appid: appId, pagepath: pagePath, thumb_media_id } = need(body.miniprogrampage)
      const thumbMediaId = mediaOf(platform, thumb_media_id)
      return { msgType: 'miniprogrampage', title, appId, pagePath, thumbMediaId }
    }
    case 'msgmenu': {
      const { head_content: head, list: items, tail_content: tail } = need(body.msgmenu)
      // Test accounts have no menus in messages (reports of developers).
      if (platform.switches.get('account') === 'test') throw new Errcode(40200)
      return { msgType: 'msgmenu', head, items, tail }
    }
    default:
      throw new Errcode(40008)
  }
}
