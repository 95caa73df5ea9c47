const OPEN = '<Encrypt>'
const CLOSE = '</Encrypt>'
const CDATA = '<![CDATA['
const CDATA_END = ']]>'

/**
 * What stands in the one `<Encrypt>` element of a body, as it is written there. Found without a parser: until its
 * signature is checked, a body is only bytes that a stranger has sent.
 *
 * @returns undefined when there is none, more than one, or anything but text or one CDATA section in it
 */
export function findCiphertext(body: string): string | undefined {
  const start = body.indexOf(OPEN)
  const end = body.indexOf(CLOSE, start)
  if (start < 0 || end < 0 || body.indexOf(OPEN, start + 1) > 0) return undefined
  const inside = body.slice(start + OPEN.length, end).trim()
  const text =
    inside.startsWith(CDATA) && inside.endsWith(CDATA_END)
      ? inside.slice(CDATA.length, -CDATA_END.length)
      : inside
  return text === '' || text.includes('<') ? undefined : text
}
