// Files that project and template both write in: values that the project has not changed follow the template.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, parseDocument } from 'yaml'
import { git, type ReadAt } from './git.ts'

const WORKSPACE = 'pnpm-workspace.yaml'
const MANIFEST = 'package.json'

type Flat = Record<string, unknown>

/** @returns the settings that both sides changed, and that stayed as the project has them */
export function mergeSettings(root: string, at: ReadAt, base: string, target: string): string[] {
  const kept = [...mergeWorkspace(root, at, base, target), ...mergeManifest(root, at, base, target)]
  git(root, 'add', WORKSPACE, MANIFEST)
  return kept
}

export function readManifest(root: string): Flat {
  return toManifest(readFileSync(join(root, MANIFEST), 'utf8'))
}

function mergeWorkspace(root: string, at: ReadAt, base: string, target: string): string[] {
  const path = join(root, WORKSPACE)
  const mine = parseDocument(readFileSync(path, 'utf8'))
  const old: Flat = parseDocument(at(WORKSPACE, base)).toJS() ?? {}
  const wanted: Flat = parseDocument(at(WORKSPACE, target)).toJS() ?? {}
  const kept: string[] = []
  for (const [section, values] of Object.entries(wanted)) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) continue
    if (mine.has(section) && !isMap(mine.get(section))) continue
    const held: Flat = (mine.toJS() as Record<string, Flat | undefined>)[section] ?? {}
    for (const [name, value] of changesBetween(old[section], values)) {
      if (follows(held, old[section], name)) mine.setIn([section, name], value)
      else if (held[name] !== value) kept.push(`${WORKSPACE}: ${section}.${name}`)
    }
  }
  writeFileSync(path, mine.toString({ lineWidth: 0 }))
  return kept
}

function mergeManifest(root: string, at: ReadAt, base: string, target: string): string[] {
  const mine = readManifest(root)
  const [old, wanted] = [toManifest(at(MANIFEST, base)), toManifest(at(MANIFEST, target))]
  const kept: string[] = []
  for (const section of ['scripts', 'devDependencies']) {
    const held = { ...(mine[section] as Flat | undefined) }
    for (const [name, value] of changesBetween(old[section], wanted[section])) {
      // A script that the project took away stays away, as files do.
      if (section === 'scripts' && !(name in held) && name in toFlat(old[section])) continue
      if (follows(held, old[section], name)) held[name] = value
      else if (held[name] !== value) kept.push(`${MANIFEST}: ${section}.${name}`)
    }
    // A package may be used in the project's own code; a script of the template's leads to a file that is gone.
    if (section === 'scripts')
      for (const name of gone(old[section], wanted[section]))
        if (name in held && follows(held, old[section], name)) delete held[name]
    mine[section] = held
  }
  mine['template'] = { ...(mine['template'] as Flat), commit: target }
  writeFileSync(join(root, MANIFEST), `${JSON.stringify(mine, null, 2)}\n`)
  return kept
}

/** What the template changed or added. */
function changesBetween(old: unknown, wanted: unknown): [string, unknown][] {
  const before = toFlat(old)
  return Object.entries(toFlat(wanted)).filter(([name, value]) => before[name] !== value)
}

/** What the template took away. */
function gone(old: unknown, wanted: unknown): string[] {
  const after = toFlat(wanted)
  return Object.keys(toFlat(old)).filter((name) => !(name in after))
}

/** Whether the project still has the template's own value, or none. */
function follows(held: Flat, old: unknown, name: string): boolean {
  return !(name in held) || held[name] === toFlat(old)[name]
}

const toFlat = (value: unknown): Flat => ({ ...(value as Flat | undefined) })

function toManifest(text: string): Flat {
  return JSON.parse(text || '{}') as Flat
}
