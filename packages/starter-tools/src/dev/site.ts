import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

interface SiteFile {
  name: string
  account?: { name?: string }
}

/** What the project is called; the server checks the file. */
export const site: SiteFile = JSON.parse(readFileSync(join(root, 'content/site.json'), 'utf8'))
