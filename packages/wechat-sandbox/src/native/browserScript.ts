import { existsSync, readFileSync, statSync } from 'node:fs'
import * as module from 'node:module'

// Sources without their types, by address: a phone asks for some forty at each load, and one that was saved anew is read anew.
const stripped = new Map<string, { savedAt: number; text: string }>()

/**
 * The text of one of this package's scripts as a browser runs it. `source` ends in `.ts`; in the built package the
 * compiled file stands there, in the sources its types are taken away here (Node 24).
 */
export function browserScript(source: URL): string {
  const compiled = new URL(source.href.replace(/\.ts$/, '.js'))
  if (existsSync(compiled)) return readFileSync(compiled, 'utf8')
  const savedAt = statSync(source).mtimeMs
  const known = stripped.get(source.href)
  if (known?.savedAt === savedAt) return known.text
  const text = module.stripTypeScriptTypes(readFileSync(source, 'utf8'))
  stripped.set(source.href, { savedAt, text })
  return text
}
