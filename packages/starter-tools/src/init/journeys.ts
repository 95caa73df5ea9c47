import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

// Sites that are not the project's own. A journey before one of them tests what updates bring.
const OTHER_SITES = ['plainSite.ts', 'interceptedSites']

/**
 * Takes away the journeys that test `packages/`: they passed before a version of those came out. They are known by what
 * they import, so that a new one needs no entry here.
 */
export function removePackageJourneys(folder: string): void {
  for (const name of OTHER_SITES) rmSync(join(folder, name), { recursive: true, force: true })
  const imports = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, importsOf(join(folder, name))]),
  )
  const gone = new Set(OTHER_SITES)
  // Until nothing is left that imports what went: a Map's walk also reaches what is set back behind it.
  for (let before = -1; before < gone.size;) {
    before = gone.size
    for (const [name, others] of imports) if (others.some((other) => gone.has(other))) gone.add(name)
  }
  for (const name of imports.keys()) if (gone.has(name)) rmSync(join(folder, name), { force: true })
}

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '\.\/([^']+)'/g)].map(([, path = '']) => basename(path))
