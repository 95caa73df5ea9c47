// pnpm --filter template rules: writes the tables of docs/sandbox-rules.md again; `pnpm format` then aligns them.
import { readFileSync, writeFileSync } from 'node:fs'
import { DOCUMENT_TABLES } from './documentTables.ts'

const path = new URL('../../docs/sandbox-rules.md', import.meta.url)
let text = readFileSync(path, 'utf8')
for (const { heading, columns, rows } of DOCUMENT_TABLES) {
  const table = [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
  const section = new RegExp(`(\\n## ${heading}\\n(?:(?!## )[^|\\n].*\\n|\\n)*)(?:\\|.*\\n)*`)
  if (!section.test(text)) throw new Error(`docs/sandbox-rules.md has no section "${heading}"`)
  text = text.replace(section, (_whole, before: string) => `${before.trimEnd()}\n\n${table}`)
}
writeFileSync(path, text)
