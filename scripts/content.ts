// Part of build and check: every article can be read.
import { join } from 'node:path'
import { openArticles } from '../apps/server/src/articles/articles.ts'
import { ContentError } from '../apps/server/src/articles/frontMatter.ts'

try {
  await openArticles({ folder: join(process.cwd(), 'content/articles') })
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
