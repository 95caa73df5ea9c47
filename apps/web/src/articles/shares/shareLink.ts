interface Visit {
  shareId?: string
}

const text = globalThis.document?.getElementById('visit')?.textContent
const { shareId }: Visit = text ? JSON.parse(text) : {}

/** The link of a card with the id of this browser's shares, which the server has put into the page. */
export function shareLink<Link extends string | undefined>(link: Link): Link | string {
  if (!shareId || link === undefined) return link
  const [address = '', hash] = link.split('#')
  const joined = `${address}${address.includes('?') ? '&' : '?'}s=${shareId}`
  return hash === undefined ? joined : `${joined}#${hash}`
}
