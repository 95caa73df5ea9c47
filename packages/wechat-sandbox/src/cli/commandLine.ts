import { parseArgs } from 'node:util'
import { Mistake } from './mistake.ts'
import { nearest } from './nearest.ts'
import { CLI_WORDS, type CliWords, type Language } from './words.ts'

/** What somebody typed, read. */
export type CommandLine =
  | { wants: 'help' | 'version'; language: Language }
  | {
      wants: 'sandbox'
      site: URL
      /** Undefined: the first free one from the default on. 0: any. */
      port: number | undefined
      configFile: string | undefined
      /** Language of what is printed. */
      language: Language
      /** Language of the phone; undefined: the browser's. */
      phoneLanguage: Language | undefined
      /** Whether a proxy answers in the place of WeChat's hosts. */
      intercept: boolean
      /** Where its certificate authority is kept; undefined: in the home. */
      caFolder: string | undefined
    }

const OPTIONS = {
  port: { type: 'string' },
  config: { type: 'string' },
  lang: { type: 'string' },
  intercept: { type: 'boolean' },
  'ca-folder': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/**
 * Reads the arguments of the command.
 *
 * @param terminalLanguage what the terminal is set to, for who does not say `--lang`
 * @throws {Mistake} one line that says what to do
 */
export function readCommandLine(args: string[], terminalLanguage: Language): CommandLine {
  // Not strict: parseArgs' own words name no near option and speak one language.
  const { values, positionals, tokens } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const lang = values.lang
  const phoneLanguage = lang === 'en' || lang === 'zh' ? lang : undefined
  const language = phoneLanguage ?? terminalLanguage
  const words = CLI_WORDS[language]
  const refuse = (text: string): never => {
    throw new Mistake(`${text} ${words.seeHelp}`)
  }

  for (const token of tokens) if (token.kind === 'option') checkOption(token, words, refuse)
  if (values.help) return { wants: 'help', language }
  if (values.version) return { wants: 'version', language }
  if (lang !== undefined && !phoneLanguage) refuse(words.notALanguage(String(lang)))
  const port = values.port === undefined ? undefined : portOf(String(values.port))
  if (Number.isNaN(port)) refuse(words.notAPort(String(values.port)))
  const [site, ...others] = positionals
  if (site === undefined) return refuse(words.noSite)
  if (others.length) refuse(words.manySites)
  const configFile = values.config === undefined ? undefined : String(values.config)
  const address = siteOf(site) ?? refuse(words.notAnAddress(site))
  const intercept = values.intercept === true
  const caFolder = values['ca-folder'] === undefined ? undefined : String(values['ca-folder'])
  if (caFolder !== undefined && !intercept) refuse(words.onlyWithIntercept)
  return { wants: 'sandbox', site: address, port, configFile, language, phoneLanguage, intercept, caFolder }
}

function checkOption(
  { name, rawName, value }: { name: string; rawName: string; value: string | undefined },
  words: CliWords,
  refuse: (text: string) => never,
): void {
  const option = Object.entries(OPTIONS).find(([known]) => known === name)?.[1]
  if (!option) {
    const near = nearest(name, Object.keys(OPTIONS))
    refuse(words.noSuchOption(rawName, near && `--${near}`))
  } else if (option.type === 'string' && (value === undefined || value === '')) {
    refuse(words.needsValue(rawName))
  } else if (option.type === 'boolean' && value !== undefined) {
    refuse(words.takesNoValue(rawName))
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port <= 65_535 ? port : Number.NaN
}

/** `localhost:8080` is enough; by itself it would be an address of the scheme "localhost". */
function siteOf(text: string): URL | undefined {
  const address = /^(localhost|\[[\da-f:]+\]|[\w.-]+(?=:\d))(:\d{1,5})?(\/|$)/i.test(text)
    ? `http://${text}`
    : text
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined
}
