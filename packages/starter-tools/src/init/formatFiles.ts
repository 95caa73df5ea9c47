import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Formats files after words in them have changed: what was broken over several lines may fit on one, and a table gets
 * narrower. Nothing happens where nothing is installed.
 */
export function formatFiles(root: string, files: string[]): void {
  const prettier = join(root, 'node_modules/prettier/package.json')
  if (files.length === 0 || !existsSync(prettier)) return
  const command = createRequire(prettier).resolve('prettier/bin/prettier.cjs')
  spawnSync(process.execPath, [command, '--write', '--log-level', 'warn', ...files], {
    cwd: root,
    stdio: 'inherit',
  })
}
