import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/** What a project is told about itself. */
export interface Answers {
  /** In lower-case letters, digits and `-`. */
  name: string
  title: string
  tagline: string
  owner: string
  language: 'zh-CN' | 'en'
  /** Whether the history begins again. */
  git: boolean
}

/** What was said as flags; the rest is asked, or taken as it is proposed. */
export type Given = { [Field in keyof Answers]?: Answers[Field] | undefined }

/** Somebody left the questions before the last one. Nothing has changed by then. */
export class Cancelled extends Error {}

export const NAME_FORM = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What stands where nothing was said. */
export function proposed(given: Given): Answers {
  const { name = '', title = titleOf(name), owner = '', language = 'zh-CN', git = false } = given
  return { name, title, tagline: given.tagline ?? '', owner, language, git }
}

/** `zh` and `en`, as people write them. */
export function languageOf(text: string): Answers['language'] | undefined {
  if (/^zh(-cn)?$/i.test(text.trim())) return 'zh-CN'
  return /^en(-\w+)?$/i.test(text.trim()) ? 'en' : undefined
}

/**
 * Asks for what was not said. All questions come before anything is written.
 *
 * @throws {Cancelled} when the input ends, by Ctrl-C or Ctrl-D
 */
export async function ask(given: Given, streams: { input: Readable; output: Writable }): Promise<Answers> {
  const terminal = 'isTTY' in streams.output && streams.output.isTTY === true
  const lines = createInterface({ ...streams, terminal })
  const left = new Promise<never>((_, fail) => {
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => fail(new Cancelled('Nothing was changed.')))
  })
  left.catch(() => undefined)
  // Lines that come faster than the questions are kept, and not lost between them.
  const heard = lines[Symbol.asyncIterator]()

  async function line(question: string, proposal: string): Promise<string> {
    streams.output.write(`${question}${proposal ? ` (${proposal})` : ''}: `)
    const { done, value } = await Promise.race([heard.next(), left])
    if (done) throw new Cancelled('Nothing was changed.')
    return value.trim() || proposal
  }

  /** Asks until the answer can be used. */
  async function until<T>(
    question: string,
    proposal: string,
    read: (text: string) => T | undefined,
  ): Promise<T> {
    for (;;) {
      const answer = read(await line(question, proposal))
      if (answer !== undefined) return answer
    }
  }

  try {
    const name =
      given.name ??
      (await until('Name, in lower-case letters, digits and "-"', '', (text) =>
        NAME_FORM.test(text) ? text : undefined,
      ))
    const title = given.title ?? (await line('Title, as people read it', titleOf(name)))
    const tagline = given.tagline ?? (await line('One sentence about it', ''))
    const owner = given.owner ?? (await line('Who runs it (a company or a person)', ''))
    const language = given.language ?? (await until('Language, zh or en', 'zh', languageOf))
    const yes = (text: string) => (/^[yn]/i.test(text) ? /^y/i.test(text) : undefined)
    const git = given.git ?? (await until('Begin a new git history? y or n', 'n', yes))
    return { name, title, tagline, owner, language, git }
  } finally {
    lines.close()
  }
}

function titleOf(name: string): string {
  return name.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  )
}
