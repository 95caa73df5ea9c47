import json from '@content/site.json'
import { language } from './language'

/** What is read here of `content/site.json`; the server checks the file. */
interface SiteFile {
  name: string
  shortName: string
  language?: string
  tagline?: Partial<Record<string, string>>
  account?: { name?: string; qr?: string }
}

const file: SiteFile = json

/** This site, in the reader's language. */
export const site = {
  name: file.name,
  shortName: file.shortName,
  language: file.language,
  tagline: file.tagline?.[language] ?? '',
  account: { name: '', qr: '', ...file.account },
}
