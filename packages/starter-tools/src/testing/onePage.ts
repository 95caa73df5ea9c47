import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

/** The path of a page that the project has: its first article without a form, or the start page where it has none. */
export function onePage(project = root): string {
  const folder = join(project, 'content/articles')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : []
  const plain = names.sort().find((name) => !/^signup:/m.test(readFileSync(join(folder, name), 'utf8')))
  return plain === undefined ? '/' : `/articles/${plain.slice(0, -'.md'.length)}`
}
