import { join } from 'node:path'
import { z } from 'zod'
import { escapeHtml } from 'starter-server/escapeHtml'
import type { Env } from '../env.ts'
import { definePage } from '../pages/definePage.ts'
import { site } from '../pages/siteFile.ts'
import { readLegalTexts, type LegalName, type LegalText } from './legalTexts.ts'

const FOLDER = join(import.meta.dirname, '../../../../content')

// In each language: the page is the same for everybody, and the app shows the reader's.
const answer = z.object({
  texts: z.array(z.object({ lang: z.enum(['zh-CN', 'en']), title: z.string(), html: z.string() })),
})

/** What the site keeps of people, and why. */
export const privacyPage = legalPage('/privacy', 'privacy')
/** What people agree to who use it. */
export const termsPage = legalPage('/terms', 'terms')

/** Reads both, as the pages do. */
export const checkLegalTexts = (): Promise<unknown> => Promise.all([read('privacy'), read('terms')])

function legalPage<Path extends string>(path: Path, name: LegalName) {
  let kept: LegalText[] | undefined
  return definePage({
    path,
    answer,
    async load(_params, { env }: { env: Pick<Env, 'production'> }) {
      // A writer sees what they saved.
      if (!kept || !env.production) kept = await read(name)
      return { texts: kept }
    },
    head: ({ texts }) => ({ title: texts.map(({ title }) => title).join(' · ') }),
    // As LegalText.vue draws it in its place.
    shell({ texts: [first, ...others] }, { language }) {
      const text = [first, ...others].find((one) => one?.lang === language) ?? first
      if (!text) return ''
      const { lang, title, html } = text
      return `<article class="legal" lang="${lang}"><h1>${escapeHtml(title)}</h1><div class="prose">${html}</div></article>`
    },
  })
}

const read = (name: LegalName): Promise<LegalText[]> => readLegalTexts(name, { folder: FOLDER, site })
