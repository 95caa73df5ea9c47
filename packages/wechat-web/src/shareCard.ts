import { WechatError } from './wechatError.ts'

/** What a person sees in a chat or in Moments. */
export interface ShareCard {
  title: string
  /** Shown in chats only. */
  desc: string
  /** A picture, absolute or a path on this site. WeChat shows its centred square. */
  imgUrl: string
  /** The page, absolute or a path on this site. Default: the current page. */
  link?: string
}

/** Parameters that belong to one visit or one login, never to a link that is passed on. */
const NOT_FOR_OTHERS = ['code', 'state', 'from', 'isappinstalled', 'debug']

/**
 * A card with every field in the form that WeChat accepts: absolute, encoded addresses. A link that the card names is
 * the page's own business; only the address of the current page is freed of what belongs to one visit.
 *
 * @throws {WechatError} `card_refused`: without a picture WeChat says "ok" to a card, and shows people nothing of it
 */
export function completeCard(card: ShareCard, currentUrl: string): Required<ShareCard> {
  const title = required(card, 'title')
  const imgUrl = absolute('imgUrl', required(card, 'imgUrl'), currentUrl)
  const link = card.link ? absolute('link', card.link, currentUrl) : forOthers(currentUrl)
  return { title, desc: card.desc, link, imgUrl }
}

// The data of a page comes from outside: what the types promise may be missing.
function required(card: ShareCard, field: 'title' | 'imgUrl'): string {
  const value: unknown = card[field]
  if (typeof value === 'string' && value !== '') return value
  throw new WechatError('card_refused', `the card has no ${field}: WeChat would show nothing of it`)
}

function absolute(field: string, address: string, base: string): string {
  try {
    return new URL(address, base).href
  } catch {
    throw new WechatError('card_refused', `the card's ${field} is no address: ${address}`)
  }
}

function forOthers(currentUrl: string): string {
  const link = new URL(currentUrl)
  for (const name of NOT_FOR_OTHERS) if (link.searchParams.has(name)) link.searchParams.delete(name)
  return link.href
}
