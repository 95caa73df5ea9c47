import { LineCounter, parseDocument, type Document, isMap, isScalar } from 'yaml'
import { z } from 'zod'
import { QUIRKS } from '../native/quirks.ts'
import { Errcode } from '../platform/api/errcode.ts'
import { host } from '../platform/host.ts'
import { Menu } from '../platform/menu/menu.ts'
import { menuSchema } from '../platform/menu/menuButtons.ts'
import { settingsSchema } from '../platform/push/settings.ts'
import { RULE_SWITCHES } from '../platform/switches/ruleSwitches.ts'
import { SWITCHES, Switches } from '../platform/switches/switches.ts'
import { Mistake } from './mistake.ts'
import { nearest } from './nearest.ts'
import { CLI_WORDS, type Language } from './words.ts'

const ID = /^[a-z0-9][\w-]{0,31}$/i
// Looser than WeChat: many made-up accounts are named in tests.
const plain = z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _')

const schema = z.strictObject({
  account: z
    .strictObject({
      name: z.string().min(1),
      appId: plain,
      appSecret: plain,
      originalId: plain,
      /** What the account may do: its permissions follow from it. */
      kind: z.enum(RULE_SWITCHES.account.options),
      jsDomains: z.array(host).min(1).max(5, 'five domains at most'),
      oauthDomain: host,
    })
    .partial()
    .optional(),
  /** The console's server configuration. */
  push: settingsSchema.partial().strict().optional(),
  people: z
    .array(
      z.strictObject({
        id: z.string().regex(ID, 'an id is letters and digits'),
        nickname: z.string().min(1),
        follows: z.boolean().default(true),
      }),
    )
    .min(1)
    .max(20)
    .refine((people) => new Set(people.map(({ id }) => id)).size === people.length, 'every id once')
    .optional(),
  menu: menuSchema.shape.button
    .superRefine((buttons, context) => {
      try {
        new Menu().create(buttons)
      } catch (error) {
        if (!(error instanceof Errcode)) throw error
        context.addIssue({ code: 'custom', message: `errcode ${error.errcode}: ${error.message}` })
      }
    })
    .optional(),
  switches: z.record(z.string(), z.unknown()).superRefine(checkSwitches).optional(),
  quirks: z
    .strictObject(
      Object.fromEntries(
        Object.entries(QUIRKS).map(([name, { values }]) => [name, z.enum(values).optional()]),
      ),
    )
    .optional(),
})

/** What a `--config` file says. */
export type Config = z.output<typeof schema>

/**
 * Reads a configuration.
 *
 * @param file its name, for what is said of mistakes
 * @throws {Mistake} with a line for each mistake: file, line, field, and what is wrong
 */
export function readConfig(text: string, file: string, language: Language): Config {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const [position] = broken.linePos ?? []
    throw new Mistake(`${file}:${position?.line ?? 1}: ${broken.message.split('\n')[0]?.replace(/:$/, '')}`)
  }
  const locale = language === 'zh' ? z.locales.zhCN() : z.locales.en()
  const config = schema.safeParse(document.toJS() ?? {}, { error: locale.localeError })
  if (config.success) return config.data
  const words = CLI_WORDS[language]
  const mistakes = config.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => {
          const known = fieldsAt(issue.path)
          return { path: [...issue.path, key], what: words.noSuchField(nearest(key, known), known) }
        })
      : [{ path: issue.path, what: issue.message + adviceOn(issue, document, words.quoteIt) }],
  )
  throw new Mistake(
    mistakes
      .map(({ path, what }) => `${file}:${lineOf(document, lines, path)}: ${path.join('.')}: ${what}`)
      .join('\n'),
  )
}

// A secret of digits alone is a number to YAML.
function adviceOn(issue: z.core.$ZodIssue, document: Document, quoteIt: string): string {
  const isNumber = typeof document.getIn(issue.path) === 'number'
  return issue.code === 'invalid_type' && issue.expected === 'string' && isNumber ? ` (${quoteIt})` : ''
}

/** The names that may stand in the part of the file that a path leads to. */
function fieldsAt(path: readonly PropertyKey[]): string[] {
  let at: z.core.$ZodType | undefined = schema
  for (const key of path) {
    const inner: z.core.$ZodType | undefined = unwrapped(at)
    at =
      inner instanceof z.ZodObject
        ? (inner.shape as Record<PropertyKey, z.core.$ZodType>)[key]
        : inner instanceof z.ZodArray
          ? inner.element
          : undefined
  }
  const found = unwrapped(at)
  return found instanceof z.ZodObject ? Object.keys(found.shape) : []
}

function unwrapped(type: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return type instanceof z.ZodOptional || type instanceof z.ZodDefault ? unwrapped(type.unwrap()) : type
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  // The line of the field's own name; where it is missing, that of what it is missing in.
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    const name = isMap(parent)
      ? parent.items.map((pair) => pair.key).find((one) => isScalar(one) && one.value === key)
      : document.getIn(path.slice(0, length), true)
    const range = (name as { range?: [number, number, number] } | undefined)?.range
    if (range) return lines.linePos(range[0]).line
  }
  return 1
}

function checkSwitches(given: Record<string, unknown>, context: z.RefinementCtx): void {
  const known = Object.keys(SWITCHES)
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) {
      const near = nearest(name, known)
      const advice = near ? `Did you mean ${near}?` : `There are: ${known.join(', ')}.`
      context.addIssue({ code: 'custom', path: [name], message: `there is no such switch. ${advice}` })
      continue
    }
    try {
      new Switches({ [name]: value })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      context.addIssue({ code: 'custom', path: [name], message: error.message })
    }
  }
}
