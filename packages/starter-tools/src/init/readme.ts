import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a project gets in the place of what tells of the template; at the paths that they get. */
export const PROJECT_FILES = join(import.meta.dirname, '../../project')

/** Writes both READMEs. Guides that this version does not have are left out of their tables. */
export function writeReadmes(root: string, words: { title: string; tagline: string }): void {
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(join(PROJECT_FILES, name), 'utf8')
    const lines = text.split('\n').filter((line) => !line.startsWith('|') || linksIn(line).every(isThere))
    const filled = lines
      .join('\n')
      .replaceAll('{{title}}', words.title)
      .replace('{{tagline}}\n\n', words.tagline ? `${words.tagline}\n\n` : '')
    writeFileSync(join(root, name), filled)
  }

  function isThere(path: string): boolean {
    return existsSync(join(root, path))
  }
}

const linksIn = (line: string): string[] => [...line.matchAll(/\]\(([^):]+)\)/g)].map(([, path = '']) => path)
