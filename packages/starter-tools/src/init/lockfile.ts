import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies']

/**
 * Takes out of `pnpm-lock.yaml` what no `package.json` names any more, as `pnpm install` would: where nothing may be
 * changed (`--frozen-lockfile`, as on CI and in the image), an install refuses a lockfile that names more.
 */
export function trimLockfile(root: string): void {
  const file = join(root, 'pnpm-lock.yaml')
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  const manifests = new Map<string, Record<string, Record<string, string> | undefined>>()
  const left = withoutKeys(text, ([part, folder = '', section = '', name]) => {
    if (part !== 'importers' || folder === '') return false
    const manifest = join(root, folder, 'package.json')
    if (!existsSync(manifest)) return true
    if (!manifests.has(folder)) manifests.set(folder, JSON.parse(readFileSync(manifest, 'utf8')))
    if (!SECTIONS.includes(section)) return false
    const named = Object.keys(manifests.get(folder)?.[section] ?? {})
    return name === undefined ? named.length === 0 : !named.includes(name)
  })
  writeFileSync(file, withoutUnused(left, new Set(neededIn(text))))
}

/** Of the packages that were needed: those that nothing needs any more go from the catalog and from the list as well. */
function withoutUnused(text: string, before: Set<string>): string {
  const needed = new Set(neededIn(text))
  const isUnused = (name: string) => before.has(name) && !needed.has(name)
  return withoutKeys(text, ([part, one = '', name]) => {
    if (part === 'catalogs') return name !== undefined && isUnused(name)
    return (part === 'packages' || part === 'snapshots') && isUnused(one.replace(/(?<=.)@.*/, ''))
  })
}

/** What a package of the workspace, or one that is installed, needs. */
function neededIn(text: string): string[] {
  const names: string[] = []
  withoutKeys(text, (keys) => {
    const [part, , section = '', name] = keys
    const isNeed = (part === 'importers' || part === 'snapshots') && SECTIONS.includes(section)
    if (isNeed && keys.length === 4 && name !== undefined) names.push(name)
    return false
  })
  return names
}

/** The text without the keys that are gone, and without all below them. It is YAML as pnpm writes it: two spaces a level. */
function withoutKeys(text: string, isGone: (keys: string[]) => boolean): string {
  let keys: string[] = []
  let goneAt = Infinity
  const lines = text.split('\n').filter((line) => {
    const [, indent = '', , key] = /^((?: {2})*)('?)([^\s'].*?)\2:(?: |$)/.exec(line) ?? []
    if (key === undefined) return goneAt === Infinity || line === ''
    const level = indent.length / 2
    keys = [...keys.slice(0, level), key]
    if (level <= goneAt) goneAt = isGone(keys) ? level : Infinity
    return goneAt === Infinity
  })
  return lines.join('\n').replace(/\n{3,}/g, '\n\n')
}
