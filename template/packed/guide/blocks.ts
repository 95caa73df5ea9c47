import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const GUIDE = join(import.meta.dirname, '../../../docs/deploying.md')

/** What a reader puts in place of the words in angle brackets. */
export type Blanks = Record<string, string>

/** The blocks of shell in the guide, in its order. Both languages have the same (docs.test.ts). */
export function shellBlocks(): string[] {
  return [...readFileSync(GUIDE, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code)
}

/** A block as a reader types it. @throws {Error} a blank is not filled in */
export function filledIn(block: string, blanks: Blanks): string {
  return block.replaceAll(/<(\w+)>/g, (_, name: string) => {
    const text = blanks[name]
    if (text === undefined) throw new Error(`<${name}> stands in the guide, and nobody says what it is`)
    return text
  })
}
