import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMarkdown } from './markdown.ts'
import type { Language, Site } from './siteFile.ts'
import { StartError } from './startError.ts'

export type LegalName = 'privacy' | 'terms'

/** A text in one language. */
export interface LegalText {
  lang: Language
  title: string
  html: string
}

export interface LegalTextsOptions {
  /** Where `privacy.zh-CN.md` and the others lie. */
  folder: string
  site: Site
}

/** What stands for something in `site.json`, and for nothing there, what people read in its place. */
const WORDS: Record<Language, { nobody: (name: string) => string; nowhere: string }> = {
  'zh-CN': { nobody: (name) => `「${name}」的运营者`, nowhere: '公众号留言' },
  en: { nobody: (name) => `the operator of "${name}"`, nowhere: 'a message to our Official Account' },
}

/**
 * Reads one text of the site, in each language that there is; the site's own comes first.
 *
 * @throws {StartError} when there is none, or when one has no title or names what `site.json` does not have
 */
export async function readLegalTexts(name: LegalName, options: LegalTextsOptions): Promise<LegalText[]> {
  const { folder, site } = options
  const languages: Language[] = site.language === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  const texts = await Promise.all(
    languages.map(async (lang) => {
      const file = `${name}.${lang}.md`
      const text = await readFile(join(folder, file), 'utf8').catch(() => undefined)
      return text === undefined ? [] : [readLegalText(file, text, lang, site)]
    }),
  )
  if (texts.flat().length > 0) return texts.flat()
  throw new StartError(
    `content/${name}.${site.language}.md is missing: /${name} shows it, and the login leads there`,
  )
}

function readLegalText(file: string, text: string, lang: Language, site: Site): LegalText {
  const [, title, body = ''] = /^# (\S[^\n]*)\n(.*)$/s.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (title === undefined)
    throw new StartError(`content/${file}:1: the file starts with its title, like "# Privacy"`)
  return {
    lang,
    title: filled(title.trim(), lang, site, file),
    html: markdown.render(filled(body, lang, site, file)),
  }
}

function filled(text: string, lang: Language, { name, owner, contact }: Site, file: string): string {
  const { nobody, nowhere } = WORDS[lang]
  const values = new Map([
    ['name', name],
    ['owner', owner || nobody(name)],
    ['contact', contact || nowhere],
  ])
  return text.replace(/\{\{(\w+)\}\}/g, (_, field: string) => {
    const value = values.get(field)
    if (value !== undefined) return value
    throw new StartError(
      `content/${file}: {{${field}}} stands for nothing; there are {{name}}, {{owner}}, {{contact}}`,
    )
  })
}

const markdown = createMarkdown()
