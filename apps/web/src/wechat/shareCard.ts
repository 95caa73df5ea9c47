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

/** A card with every field in the form that WeChat accepts: absolute, encoded addresses and a clean link. */
export function completeCard(card: ShareCard, currentUrl: string): Required<ShareCard> {
  const link = new URL(card.link ?? currentUrl, currentUrl)
  for (const name of NOT_FOR_OTHERS) if (link.searchParams.has(name)) link.searchParams.delete(name)
  return { ...card, imgUrl: new URL(card.imgUrl, currentUrl).href, link: link.href }
}
