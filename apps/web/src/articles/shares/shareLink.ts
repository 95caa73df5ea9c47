interface Visit {
  shareId?: string
}

interface WrittenPage {
  getElementById(id: string): { textContent: string | null } | null
}

/** Reads the id of this browser's shares, which the server has put into the page. */
export function readShareId(document: WrittenPage | undefined): string | undefined {
  const text = document?.getElementById('visit')?.textContent
  const { shareId }: Visit = text ? JSON.parse(text) : {}
  return shareId
}

const own = readShareId(globalThis.document)

/** An article's link with that id, by which its readers are counted. Other links stay as they are. */
export function shareLink<Link extends string | undefined>(link: Link, shareId = own): Link | string {
  if (!shareId || link === undefined || !/^(https?:\/\/[^/?#]+)?\/articles\//.test(link)) return link
  const [address = '', hash] = link.split('#')
  const joined = `${address}${address.includes('?') ? '&' : '?'}s=${shareId}`
  return hash === undefined ? joined : `${joined}#${hash}`
}
