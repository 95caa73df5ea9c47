import type { ShareTarget } from '../native/messages.ts'

/**
 * The address at which a card is opened: WeChat adds where it was. A page that signs must sign this address.
 *
 * @see phone/rules.ts, card-from and card-isappinstalled
 */
export function openedCard(link: string, target: ShareTarget): string {
  if (!URL.canParse(link)) return link
  const url = new URL(link)
  url.searchParams.set('from', target === 'timeline' ? 'timeline' : 'singlemessage')
  url.searchParams.set('isappinstalled', '0')
  return url.href
}
