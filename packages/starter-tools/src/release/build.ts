// The last step of pnpm build: dist/, the release.
import { join } from 'node:path'
import { root } from '../root.ts'
import { buildRelease } from './release.ts'

await buildRelease({ project: root, web: join(root, 'apps/web/dist'), to: join(root, 'dist') })
