// The table of docs/clients.md and its translation: what each client was seen to get.
import { readFileSync, writeFileSync } from 'node:fs'

/** What one client gets, as a test has seen it. */
export interface Seen {
  script: 'loaded' | 'not loaded'
  signed: 'entry' | 'current' | 'nothing'
  card: 'own' | 'legacy' | 'posted' | 'default' | 'none'
  line: 'tip' | 'nothing'
  login: 'silent' | 'outside' | 'wecom'
  tags: 'drawn' | 'fallback'
}

type Language = 'en' | 'zh'
const FILES: Record<Language, string> = { en: 'docs/clients.md', zh: 'docs/zh-CN/clients.md' }

const WORDS: { [column in keyof Seen]: Record<Seen[column], Record<Language, string>> } = {
  script: { loaded: { en: 'yes', zh: '加载' }, 'not loaded': { en: 'no', zh: '不加载' } },
  signed: {
    entry: { en: 'the one of entry', zh: '入口网址' },
    current: { en: 'each', zh: '每个网址' },
    nothing: { en: 'none', zh: '不签名' },
  },
  card: {
    own: { en: 'its own', zh: '自己的卡片' },
    legacy: { en: 'its own, the old way', zh: '自己的卡片（旧接口）' },
    posted: { en: 'given to the mini program', zh: '交给小程序' },
    default: { en: "the app's default", zh: '应用默认的卡片' },
    none: { en: 'Open Graph tags', zh: 'Open Graph 标签' },
  },
  line: { tip: { en: '"tap ···"', zh: '“点右上角「···」”' }, nothing: { en: 'nothing', zh: '无' } },
  login: {
    silent: { en: 'silent', zh: '静默登录' },
    outside: { en: 'says: open it in WeChat', zh: '提示在微信中打开' },
    wecom: { en: 'says: this is WeCom', zh: '提示这里是企业微信' },
  },
  tags: { drawn: { en: 'drawn', zh: '显示' }, fallback: { en: 'fallback', zh: '替代内容' } },
}

/** The row of a client, by its cells after the name, in both languages. */
export function rowOf(seen: Seen): Record<Language, string[]> {
  const columns = Object.keys(WORDS) as (keyof Seen)[]
  const cells = (language: Language) =>
    columns.map((column) => {
      const words: Record<string, Record<Language, string>> = WORDS[column]
      return words[seen[column]]?.[language] ?? ''
    })
  return { en: cells('en'), zh: cells('zh') }
}

/** What the documents say of a client: the same shape. */
export function documentedRow(name: string): Record<Language, string[] | undefined> {
  return { en: rowsOf('en')[name], zh: rowsOf('zh')[name] }
}

/** The clients that a document names, in order. */
export const documentedClients = (language: Language): string[] => Object.keys(rowsOf(language))

/** Writes a row again; `pnpm format` then aligns the table. */
export function writeRow(name: string, row: Record<Language, string[]>): void {
  for (const language of ['en', 'zh'] as const) {
    const lines = read(language).split('\n')
    const at = lines.findIndex((line) => cellsOf(line)[0] === name)
    lines[at] = `| ${[name, ...row[language]].join(' | ')} |`
    if (at >= 0) writeFileSync(urlOf(language), lines.join('\n'))
  }
}

function rowsOf(language: Language): Record<string, string[]> {
  const [, , ...rows] = read(language)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf)
  return Object.fromEntries(rows.map(([name = '', ...cells]) => [name, cells]))
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
const urlOf = (language: Language): URL => new URL(`../../${FILES[language]}`, import.meta.url)
const read = (language: Language): string => readFileSync(urlOf(language), 'utf8')
