// Packs the packages once for all files of tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { pack } from './emptyFolder.ts'

export const PACKAGES = ['wechat-core', 'wechat-web', 'wechat-sandbox']

declare module 'vitest' {
  interface ProvidedContext {
    /** Paths of the packed packages. */
    tarballs: string[]
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  if (process.env['PACKED'] !== 'all')
    process.stdout.write(
      'Left out: the Dockerfile’s steps, the walk through docs/deploying.md, and three SDKs call by call. PACKED=all runs them.\n',
    )
  const folder = mkdtempSync(join(tmpdir(), 'tarballs-'))
  project.provide('tarballs', await pack(PACKAGES, folder))
  return () => rmSync(folder, { recursive: true, force: true })
}
