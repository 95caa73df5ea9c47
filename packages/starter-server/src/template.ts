/** What differs from page to page in `index.html`. */
export interface Filling {
  lang: string
  head: string
  shell: string
}

/** A page, open at the end of its body: what belongs to one visit goes there. */
export interface Filled {
  before: string
  after: string
}

export const MARKS = ['zh-CN', '<!--page-->', '<!--shell-->']

/**
 * Takes `index.html`, as the web build made it, apart at its marks: the language of its first element, `<!--page-->` in
 * the head, `<!--shell-->` in the body, and the end of that, whose tag HTML may leave out. A page is then put together without
 * looking at it again.
 *
 * @throws {TypeError} naming the mark that is not there
 */
export function openTemplate(html: string): (filling: Filling) => Filled {
  const parts: string[] = []
  let rest = html
  for (const mark of MARKS) {
    const at = rest.indexOf(mark)
    if (at < 0) throw new TypeError(`apps/web/index.html has no ${mark}, or not in its place.`)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + mark.length)
  }
  const [start, untilHead, untilShell] = parts
  const end = rest.lastIndexOf('</body>')
  const [untilEnd, after] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)]
  return ({ lang, head, shell }) => ({
    before: `${start}${lang}${untilHead}${head}${untilShell}${shell}${untilEnd}`,
    after,
  })
}
