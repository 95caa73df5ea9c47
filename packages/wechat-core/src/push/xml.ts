import { parseXml, XmlCdata, XmlElement, XmlText, type XmlNode } from '@rgrove/parse-xml'
import { PushError } from './pushError.ts'

/** The elements inside an element by name; one that is repeated is a list. Every leaf is a string. */
export interface PushFields {
  [name: string]: PushField
}
export type PushField = string | PushFields | (string | PushFields)[]

const DEEPEST = 8 // WeChat's own go to 5
// Tags, references and attributes. WeChat's largest, a report on eight articles, has about 150.
const MOST_MARKUP = 1_000
// A section of text counts as one, whatever a person wrote in it.
const MARKUP = /<!\[CDATA\[[^]*?(?:\]\]>|$)|[<&=]/g

/**
 * Reads the XML of a push: an `<xml>` element with elements in it.
 *
 * @throws {PushError} `malformed`: not well-formed, with a document type (and so with entities), too deep, too many parts
 */
export function readXml(text: string): PushFields {
  let markup = 0
  for (const _ of text.matchAll(MARKUP)) if (++markup > MOST_MARKUP) throw malformed('it has too many parts')
  // The parser takes line ends one by one, each with a copy of all the text.
  const { children } = parse(text.replace(/\r\n?/g, '\n'))
  const root = children.find((node) => node instanceof XmlElement)
  if (children.some(({ type }) => type === 'doctype') || root?.name !== 'xml')
    throw malformed('it is not one <xml> element without a document type')
  const fields = toField(root, 1)
  return typeof fields === 'string' ? {} : fields
}

function parse(text: string): { children: XmlNode[] } {
  try {
    return parseXml(text, { preserveDocumentType: true, preserveCdata: true })
  } catch {
    throw malformed('it is not well-formed XML')
  }
}

function toField(element: XmlElement, depth: number): string | PushFields {
  if (depth > DEEPEST) throw malformed('its elements are nested too deep')
  const elements = element.children.filter((node) => node instanceof XmlElement)
  if (elements.length === 0) return textOf(element)
  const fields: PushFields = Object.create(null)
  for (const child of elements) {
    const value = toField(child, depth + 1)
    const before = fields[child.name]
    if (before === undefined) fields[child.name] = value
    else if (Array.isArray(before)) before.push(value)
    else fields[child.name] = [before, value]
  }
  return fields
}

// In a CDATA section white space belongs to what a person wrote; around one, and without one, it does not.
function textOf(element: XmlElement): string {
  const sections = element.children.filter((node) => node instanceof XmlCdata)
  if (sections.length > 0) return sections.map(({ text }) => text).join('')
  const texts = element.children.filter((node) => node instanceof XmlText)
  return texts
    .map(({ text }) => text)
    .join('')
    .trim()
}

const malformed = (why: string): PushError => new PushError('malformed', `The body cannot be read: ${why}.`)
