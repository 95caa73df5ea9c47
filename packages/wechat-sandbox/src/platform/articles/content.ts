const SCRIPT = /<script\b[^>]*>[^]*?(?:<\/script\s*>|$)/gi
const HANDLER = /\son\w+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi
const TAG = /<[a-z][^>]*>/gi
const SOURCE = /\s(?:data-)?src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi
const EXCERPT = 54

/**
 * The HTML of an article as the platform keeps it: without scripts, and without pictures from elsewhere. What is safe
 * to show is decided where it is shown (articlePage.ts); this is what the API gives back.
 *
 * @param isOwn whether the platform has a picture of this id
 */
export function cleanContent(html: string, isOwn: (id: string) => boolean): string {
  return html
    .replace(SCRIPT, '')
    .replace(TAG, (tag) =>
      tag
        .replace(HANDLER, '')
        .replace(SOURCE, (source: string, ...quoted: (string | undefined)[]) =>
          /^<img\b/i.test(tag) && !isOfPlatform(quoted.slice(0, 3).find(Boolean) ?? '', isOwn) ? '' : source,
        ),
    )
}

/** The beginning of an article's text, for who wrote no digest. */
export function excerptOf(html: string): string {
  const text = html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
  return [...text.trim()].slice(0, EXCERPT).join('')
}

function isOfPlatform(address: string, isOwn: (id: string) => boolean): boolean {
  if (!URL.canParse(address)) return false
  const { hostname, pathname } = new URL(address)
  const id = /\/mmbiz\/([\w-]+)$/.exec(pathname)?.[1]
  return hostname === 'mmbiz.qpic.cn' || (id !== undefined && isOwn(id))
}
