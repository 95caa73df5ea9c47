import { QUIRKS, RULES_BY_ROOM, SWITCHES } from 'wechat-sandbox/rules'

interface DocumentTable {
  heading: string
  columns: string[]
  rows: string[][]
}

const code = (text: string | number | boolean): string => `\`${text}\``

/** Words as Markdown has them: a star outside of code is only a star. */
const prose = (text: string): string =>
  text.replaceAll(/`[^`]*`|\*/g, (part) => (part === '*' ? '\\*' : part))

/** The tables of `docs/sandbox-rules.md`, as the code has it. */
export const DOCUMENT_TABLES: DocumentTable[] = [
  {
    heading: 'What is emulated',
    columns: ['rule', 'is', 'source', 'checked', 'where'],
    rows: Object.entries(RULES_BY_ROOM).flatMap(([room, rules]) =>
      rules.map(({ text, confidence, source = '', checkedOn = '', turnedBy }) => [
        prose(text),
        turnedBy ? `${confidence}; ${code(turnedBy)}` : confidence,
        source,
        checkedOn,
        code(room),
      ]),
    ),
  },
  {
    heading: 'Switches',
    columns: ['switch', 'what it does', 'default', 'is', 'source'],
    rows: Object.entries(SWITCHES).map(([name, { en, default: initial, mark, source }]) => [
      code(name),
      prose(en),
      code(initial),
      mark,
      source,
    ]),
  },
  {
    heading: 'Quirks of the bridge',
    columns: ['quirk', 'what it is about', 'values', 'source'],
    rows: Object.entries(QUIRKS).map(([name, { words, values, source }]) => [
      code(name),
      prose(words.en),
      values.map(code).join(', '),
      source,
    ]),
  },
]
