import type { Request } from 'express'
import { Errcode } from '../api/errcode.ts'
import type { AccountMessage } from '../messages/accountMessage.ts'
import type { Platform } from '../platform.ts'
import type { Article } from './article.ts'
import { articleCard } from './articleItem.ts'

/** The articles of a draft, or of what was uploaded for sending. @throws {Errcode} 40007 for neither */
export function findNews({ drafts, uploadedNews }: Platform, mediaId: string): readonly Article[] {
  const found = drafts.get(mediaId) ?? uploadedNews.get(mediaId)
  if (!found) throw new Errcode(40007)
  return found.articles
}

/** Articles as a message. @param set the id under which their pages are */
export function newsMessage(
  platform: Platform,
  req: Request,
  set: string,
  articles: readonly Article[],
): AccountMessage {
  const cards = articles.map((article, at) => articleCard(platform, req, { set, at, article }))
  return { msgType: 'news', articles: cards }
}
