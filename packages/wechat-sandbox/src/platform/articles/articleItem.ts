import type { Request } from 'express'
import type { Article as ShownArticle } from '../messages/accountMessage.ts'
import type { Platform } from '../platform.ts'
import { publicAddress } from '../publicAddress.ts'
import { coverOf, type Article } from './article.ts'

/** Where the page of an article is: `set` is the id of the draft or of the publication, `at` its place there. */
export const articleAddress = (platform: Platform, req: Request, set: string, at: number): string =>
  publicAddress(platform, req, `/s/${set}/${at + 1}`)

/** One article as the APIs for drafts and publications list it. */
export function articleItem(
  platform: Platform,
  req: Request,
  { set, at, article }: { set: string; at: number; article: Article },
) {
  return {
    ...article,
    url: articleAddress(platform, req, set, at),
    thumb_url: coverAddress(platform, req, article),
  }
}

/** One article as the card that people get in their chat. */
export function articleCard(
  platform: Platform,
  req: Request,
  { set, at, article }: { set: string; at: number; article: Article },
): ShownArticle {
  return {
    title: article.title,
    description: article.digest,
    picUrl: coverAddress(platform, req, article),
    url: articleAddress(platform, req, set, at),
  }
}

function coverAddress(platform: Platform, req: Request, article: Article): string {
  const cover = coverOf(article)
  return cover === '' ? '' : publicAddress(platform, req, `/mmbiz/${cover}`)
}
