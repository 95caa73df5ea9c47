// What stands above an article's text, and in words what is wrong with it: the file, the line, the field.
import { LineCounter, isMap, isScalar, parseDocument, type Document, type YAMLError } from 'yaml'
import { z } from 'zod'
import { StartError } from '../env.ts'
import { DEFAULT_IMAGE } from '../pages/siteDefaults.ts'
import type { ContentProblem } from './contract.ts'
import { signupSchema } from './signup/contract.ts'

/** Files of the content cannot be read. The message has a line for each problem, as `file:line: what`. */
export class ContentError extends StartError {
  override readonly name = 'ContentError'
  readonly problems: ContentProblem[]

  constructor(problems: ContentProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'))
    this.problems = problems
  }
}

// Said of a field that is missing or wrong.
const FIELDS: Record<string, string> = {
  title: 'the headline, a text',
  summary: 'one or two sentences, a text',
  cover: 'a path like /covers/tea.jpg or an address, a text',
  publishedAt: 'the day of publication, like 2026-11-20',
  lang: 'the language of the text, like zh-CN',
  author: 'who wrote it, a text',
  share: 'what the card shows: title, desc and imgUrl',
  'share.title': 'a text',
  'share.desc': 'a text',
  'share.imgUrl': 'a path like /covers/tea.jpg or an address, a text',
  signup: 'places, closesAt, confirm and fields',
  'signup.places': 'how many can come, a number from 1 on',
  'signup.closesAt': 'a time with its offset, like 2027-01-01T00:00:00+08:00',
  'signup.confirm': 'kind, id and data',
  'signup.confirm.kind': 'template or subscribe',
  'signup.confirm.id': 'the id of a template, a text',
  'signup.confirm.data':
    'the fields of the template, like { thing1: "{title}", time2: "{time}" }; in braces stands title, time or the name of a field',
  'signup.fields': 'a list of fields, each with a name of its own: { name: phone, label: 手机, type: phone }',
  'signup.fields.name': 'a word of letters, digits and _ that begins with a letter',
  'signup.fields.label': 'what people read, a text',
  'signup.fields.type': 'text, phone, number, choice, consent or picture',
  'signup.fields.required': 'true or false',
  'signup.fields.min': 'a whole number',
  'signup.fields.max': 'a whole number',
  'signup.fields.options': 'a list of texts, like [荤, 素]',
}
// Of a field in a list: without its number.
const meaningOf = (name: string) => FIELDS[name.replace(/\.\d+/g, '')]
// Slips of YAML that writers make, by the parser's code.
const SLIPS: Record<string, string> = {
  MISSING_CHAR: 'something is opened and never closed, like a quote or a bracket',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it stands in quotes',
  BAD_SCALAR_START: 'a text that begins with this sign stands in quotes',
  DUPLICATE_KEY: 'it is there twice',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
}

const text = z.string().min(1)
const schema = z.object({
  title: text,
  summary: text,
  cover: text.default(DEFAULT_IMAGE),
  publishedAt: z.coerce.date().transform((date) => date.toISOString().slice(0, 10)),
  lang: text.default('zh-CN'),
  author: text.optional(),
  signup: signupSchema.optional(),
  // Strict, so that a slip like `image` is told and not passed over.
  share: z
    .strictObject({ title: text.optional(), desc: text.optional(), imgUrl: text.optional() })
    .optional(),
})

export type FrontMatter = z.output<typeof schema>

/**
 * Parts a Markdown file into its front matter, checked, and the text below.
 *
 * @param file how messages name it, e.g. `content/articles/tea.md`
 * @throws {ContentError} with everything that is wrong in it
 */
export function readFrontMatter(file: string, content: string): { fields: FrontMatter; body: string } {
  const fail = (problems: [line: number, message: string][]) =>
    new ContentError(problems.map(([line, message]) => ({ file, line, message })))
  const [, head, body] = /^---\r?\n(.*?)\r?\n---(?:\r?\n(.*))?$/s.exec(content) ?? []
  if (head === undefined) throw fail([[1, 'the file starts with front matter between two lines of ---']])

  const lines = new LineCounter()
  const document = parseDocument(head, { lineCounter: lines, prettyErrors: false })
  // The first line of the file is the one of ---.
  const lineOf = (offset: number) => lines.linePos(offset).line + 1
  const [slip] = document.errors
  if (slip) throw fail([explainSlip(slip, document, lineOf)])

  const given: unknown = document.toJS()
  const result = schema.safeParse(withoutEmpty(given ?? {}))
  if (result.success) return { fields: result.data, body: body ?? '' }
  throw fail(
    result.error.issues.map((issue) => [
      lineOfField(document, issue.path, lineOf),
      explainIssue(issue, given),
    ]),
  )
}

// The rest of a file that has a slip may be taken for a part of the field with the slip: its first line is what helps.
function explainSlip(
  slip: YAMLError,
  document: Document,
  lineOf: (offset: number) => number,
): [number, string] {
  const fields = isMap(document.contents) ? document.contents.items : []
  const before = fields.flatMap(({ key }) =>
    isScalar(key) && key.range && key.range[0] <= slip.pos[0]
      ? [{ name: String(key.value), at: key.range[0] }]
      : [],
  )
  const field = before[before.length - 1]
  const words = SLIPS[slip.code] ?? slip.message
  return field ? [lineOf(field.at), `${field.name}: ${words}`] : [lineOf(slip.pos[0]), words]
}

function explainIssue(issue: z.core.$ZodIssue, given: unknown): string {
  const name = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${name}.${key}: no such field; ${name} is ${meaningOf(name)}`).join('; ')
  const value = issue.path.reduce<unknown>((part, key) => Reflect.get(Object(part), key), given)
  if (name === '') return 'each line of the front matter is a field and its value, like "title: Tea"'
  if (value === undefined || value === null || value === '') return `${name} is missing: ${meaningOf(name)}`
  const quotes = typeof value === 'number' || typeof value === 'boolean' ? '; in quotes it is a text' : ''
  return `${name} is ${JSON.stringify(value)}, but has to be ${meaningOf(name)}${quotes}`
}

/** Of a field that is not there: the one that it belongs to, or the first line. */
function lineOfField(document: Document, path: PropertyKey[], lineOf: (offset: number) => number): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isScalar(node) || isMap(node)) return lineOf(node.range?.[0] ?? 0)
  }
  return 1
}

/** A field without a value counts as none. */
function withoutEmpty(fields: object): unknown {
  if (Array.isArray(fields) || Object.getPrototypeOf(fields) !== Object.prototype) return fields
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
