/** What stands in an element: text in CDATA, a number bare, further elements; a list repeats the element. */
export type XmlValue = XmlOne | XmlOne[]
type XmlOne = string | number | bigint | XmlFields
export interface XmlFields {
  [element: string]: XmlValue | undefined
}

/** One element that was read. */
export interface XmlElement {
  name: string
  text: string
  children: XmlElement[]
}

/** `<xml>…</xml>` as WeChat writes its pushes. Undefined fields are left out. */
export function writeXml(fields: XmlFields): string {
  return `<xml>${writeFields(fields)}</xml>`
}

/**
 * Reads the small XML of a reply: elements, text, CDATA and the five entities; no document type, so nothing can expand.
 *
 * @throws {Error} that says what is wrong with the text
 */
export function readXml(text: string): XmlElement {
  const top: XmlElement = { name: '', text: '', children: [] }
  const open = [top]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    const parent = open.at(-1)
    if (!match || !parent) throw new Error(`the XML can't be read at character ${at}`)
    const { cdata, close, closeName, name, empty, chars } = match.groups ?? {}
    if (cdata !== undefined) parent.text += cdata
    else if (chars !== undefined) parent.text += decodeEntities(chars)
    else if (close) {
      if (parent.name !== closeName || open.length === 1)
        throw new Error(`</${closeName}> stands where </${parent.name}> belongs`)
      open.pop()
    } else if (name !== undefined) {
      const element: XmlElement = { name, text: '', children: [] }
      parent.children.push(element)
      if (!empty) open.push(element)
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`)
  const [root, ...more] = top.children
  if (!root || more.length > 0 || top.text.trim() !== '') throw new Error('the reply is not one XML element')
  return root
}

/** The text of an element's child, or undefined where there is no such child. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim()
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name)
}

const TOKEN =
  /<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|(?<close><\/)(?<closeName>[\w.:-]+)\s*>|<(?<name>[\w.:-]+)(?:\s[^<>]*?)?(?<empty>\/)?>|(?<chars>[^<]+)/y

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|(\w+));/g,
    (whole, code: string | undefined, name: string | undefined) => {
      if (code) return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole
      return ENTITIES[name ?? ''] ?? whole
    },
  )
}

function writeFields(fields: XmlFields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one) => [name, one] as const) : [[name, value] as const],
    )
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${writeValue(value)}</${name}>`))
    .join('')
}

function writeValue(value: XmlOne): string {
  if (typeof value === 'string') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return typeof value === 'object' ? writeFields(value) : String(value)
}
