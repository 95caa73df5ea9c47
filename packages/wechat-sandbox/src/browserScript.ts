import { existsSync, readFileSync } from 'node:fs'
import * as module from 'node:module'

/**
 * The text of one of this package's scripts as a browser runs it. `path` is relative to this file and ends in `.ts`;
 * in the built package the compiled file stands there, in the sources its types are taken away here (Node 24).
 */
export function browserScript(path: string): string {
  const compiled = new URL(path.replace(/\.ts$/, '.js'), import.meta.url)
  if (existsSync(compiled)) return readFileSync(compiled, 'utf8')
  return module.stripTypeScriptTypes(readFileSync(new URL(path, import.meta.url), 'utf8'))
}
