import { z } from 'zod'
import { Errcode } from '../api/errcode.ts'
import type { Materials } from '../material/materials.ts'
import { cleanContent, excerptOf } from './content.ts'

const text = z.string().default('')
/** 0 or 1; some SDKs send it as text. */
const flag = z.coerce.number().int().min(0).max(1).default(0)

/** One article as an account writes it, in the platform's own names. */
export const articleSchema = z.object({
  article_type: z.enum(['news', 'newspic']).default('news'),
  title: text,
  author: text,
  digest: text,
  content: text,
  content_source_url: text,
  thumb_media_id: text,
  show_cover_pic: flag,
  need_open_comment: flag,
  only_fans_can_comment: flag,
  image_info: z.object({ image_list: z.array(z.object({ image_media_id: z.string() })) }).optional(),
})

export type Article = z.output<typeof articleSchema>

const MOST = 8
const LONGEST_ADDRESS = 2048
const MOST_PICTURES = 20

/**
 * What is kept of articles that an account has written: scripts and pictures from elsewhere are taken out, and a
 * missing digest is made of the text.
 *
 * @throws {Errcode} 44003 and 45008 for how many there are, 45003, 45110, 45004, 45005, 45002 and 45166 for title,
 *   author, digest, address and content, 40007 for a picture that the library does not have
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add
 */
export function acceptArticles(articles: readonly Article[], materials: Materials): Article[] {
  if (articles.length === 0) throw new Errcode(44003)
  if (articles.length > MOST) throw new Errcode(45008)
  return articles.map((article) => acceptArticle(article, materials))
}

export function acceptArticle(article: Article, materials: Materials): Article {
  const { title, author, digest, content } = article
  if (title === '' || lengthOf(title) > 64) throw new Errcode(45003)
  if (lengthOf(author) > 16) throw new Errcode(45110)
  if (lengthOf(digest) > 128) throw new Errcode(45004)
  if (Buffer.byteLength(article.content_source_url) > LONGEST_ADDRESS) throw new Errcode(45005)
  if (content === '') throw new Errcode(45166)
  if (lengthOf(content) >= 20_000 || Buffer.byteLength(content) >= 1024 ** 2) throw new Errcode(45002)
  for (const picture of picturesOf(article)) if (!materials.get(picture)) throw new Errcode(40007)
  const clean = cleanContent(content, (id) => materials.picture(id) !== undefined)
  const kept = { ...article, content: clean, digest: digest || excerptOf(clean) }
  return article.article_type === 'newspic' ? kept : { ...kept, image_info: undefined }
}

/** Which picture of the library stands for it on a card. */
export function coverOf({ thumb_media_id, image_info }: Article): string {
  return thumb_media_id || (image_info?.image_list[0]?.image_media_id ?? '')
}

/** How much articles take to keep. */
export function sizeOfArticles({ articles }: { articles: readonly Article[] }): number {
  return articles.reduce((sum, { content }) => sum + content.length + 4096, 0)
}

// An article has a cover; an article of pictures is its pictures (图片消息).
function picturesOf({ article_type, thumb_media_id, image_info }: Article): string[] {
  if (article_type === 'news') return [thumb_media_id]
  const pictures = image_info?.image_list.map((one) => one.image_media_id) ?? []
  if (pictures.length < 1 || pictures.length > MOST_PICTURES) throw new Errcode(40007)
  return pictures
}

const lengthOf = (value: string): number => [...value].length
