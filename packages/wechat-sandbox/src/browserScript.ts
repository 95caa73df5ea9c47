import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

/** The text of a TypeScript file of this package as a browser runs it: types gone, lines kept. */
export function browserScript(path: string): string {
  return stripTypeScriptTypes(readFileSync(new URL(path, import.meta.url), 'utf8'))
}
