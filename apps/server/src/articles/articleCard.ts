import type { ReplyArticle } from 'wechat-core'
import type { ArticleSummary } from './articles.ts'

/** An article as a card in the conversation. WeChat wants absolute addresses. */
export function articleCard(
  { slug, title, summary, cover }: ArticleSummary,
  publicUrl: string,
): ReplyArticle {
  return {
    title,
    description: summary,
    picUrl: new URL(cover, publicUrl).href,
    url: new URL(`/articles/${slug}`, publicUrl).href,
  }
}
