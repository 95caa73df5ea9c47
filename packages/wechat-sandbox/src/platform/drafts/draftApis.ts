import type { Request } from 'express'
import { z } from 'zod'
import { acceptArticle, acceptArticles, articleSchema } from '../articles/article.ts'
import { articleItem } from '../articles/articleItem.ts'
import { either, post, type Endpoint } from '../api/endpoint.ts'
import { Errcode } from '../api/errcode.ts'
import { pageBody, pageOf } from '../api/pageOf.ts'
import { demand } from '../permissions.ts'
import type { Platform } from '../platform.ts'
import type { Draft } from './drafts.ts'

const articlesBody = z.object({ articles: z.array(articleSchema) })
const idBody = z.object({ media_id: z.string() })
const updateBody = idBody.extend({
  index: z.coerce.number().int().min(0).default(0),
  // The document has one article; SDKs of the older API send a list of one.
  articles: z.union([articleSchema, z.array(articleSchema).length(1)]),
})
const listBody = pageBody.extend({ no_content: z.coerce.number().default(0) })
const OK = { errcode: 0, errmsg: 'ok' }

/** 草稿箱: what an account has written and not published. */
export function draftApis(platform: Platform): Endpoint[] {
  const { drafts, materials, now, switches, uploadedNews } = platform
  const mayHave = () => demand(switches, 'material')
  const items = ({ mediaId, articles }: Draft, req: Request) =>
    articles.map((article, at) => articleItem(platform, req, { set: mediaId, at, article }))
  return [
    post('/cgi-bin/draft/add', articlesBody, ({ body }) => {
      mayHave()
      return { media_id: drafts.add(acceptArticles(body.articles, materials)) }
    }),
    post('/cgi-bin/draft/get', idBody, ({ body, req }) => {
      mayHave()
      const draft = drafts.get(body.media_id)
      if (!draft) throw new Errcode(40007)
      return { news_item: items(draft, req), ...timesOf(draft) }
    }),
    post('/cgi-bin/draft/update', updateBody, ({ body: { media_id, index, articles } }) => {
      mayHave()
      const [article] = Array.isArray(articles) ? articles : [articles]
      if (!article) throw new Errcode(44003)
      drafts.update(media_id, index, acceptArticle(article, materials))
      return OK
    }),
    post('/cgi-bin/draft/delete', idBody, ({ body }) => {
      mayHave()
      if (!drafts.remove(body.media_id)) throw new Errcode(40007)
      return OK
    }),
    either('/cgi-bin/draft/count', z.object({}), () => {
      mayHave()
      return { total_count: drafts.list().length }
    }),
    post('/cgi-bin/draft/batchget', listBody, ({ body, req }) => {
      mayHave()
      return pageOf(drafts.list(), body, (draft) => {
        const content = { news_item: withContent(items(draft, req), body.no_content), ...timesOf(draft) }
        return { media_id: draft.mediaId, content, update_time: timesOf(draft).update_time }
      })
    }),
    // Every account has drafts by now: the switch is on, and it never went off again.
    either('/cgi-bin/draft/switch', z.object({}), () => {
      mayHave()
      return { ...OK, is_open: 1 }
    }),
    // 上传图文消息素材: articles for sending to many, kept as long as other temporary media.
    post('/cgi-bin/media/uploadnews', articlesBody, ({ body }) => {
      demand(switches, 'mass')
      const media_id = uploadedNews.add(acceptArticles(body.articles, materials))
      return { type: 'news', media_id, created_at: Math.floor(now() / 1000) }
    }),
  ]
}

/** The articles without their text, where the caller wants none. */
export function withContent<Item extends { content: string }>(items: Item[], noContent: number): Item[] {
  return noContent === 0 ? items : items.map((item) => ({ ...item, content: '' }))
}

/** When articles were first written and last changed, in seconds. */
export const timesOf = ({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }) => ({
  create_time: Math.floor(createdAt / 1000),
  update_time: Math.floor(updatedAt / 1000),
})
