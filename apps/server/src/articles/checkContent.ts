// Part of build and check: site.json, the texts of the site and every article can be read.
import { join } from 'node:path'
import { StartError } from '../env.ts'
import { checkLegalTexts } from '../legal/pages.ts'
import { checkSite } from '../pages/siteFile.ts'
import { openArticles } from './articles.ts'

const CONTENT = join(import.meta.dirname, '../../../../content')

const CHECKS = [
  async () => checkSite(),
  () => checkLegalTexts(CONTENT),
  () => openArticles({ folder: join(CONTENT, 'articles') }),
]

for (const check of CHECKS) {
  try {
    await check()
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
