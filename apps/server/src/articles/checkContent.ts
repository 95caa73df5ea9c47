// Part of build and check: every article can be read.
import { join } from 'node:path'
import { openArticles } from './articles.ts'
import { ContentError } from './frontMatter.ts'

try {
  await openArticles({ folder: join(import.meta.dirname, '../../../../content/articles') })
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
