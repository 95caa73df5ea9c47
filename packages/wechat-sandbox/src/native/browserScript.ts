import { existsSync, readFileSync } from 'node:fs'
import * as module from 'node:module'

/**
 * The text of one of this package's scripts as a browser runs it. `source` ends in `.ts`; in the built package the
 * compiled file stands there, in the sources its types are taken away here (Node 24).
 */
export function browserScript(source: URL): string {
  const compiled = new URL(source.href.replace(/\.ts$/, '.js'))
  if (existsSync(compiled)) return readFileSync(compiled, 'utf8')
  return module.stripTypeScriptTypes(readFileSync(source, 'utf8'))
}
