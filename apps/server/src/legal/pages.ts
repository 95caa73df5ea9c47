import { z } from 'zod'
import { escapeHtml } from 'starter-server/escapeHtml'
import { readLegalTexts, type LegalName, type LegalText } from 'starter-server/legalTexts'
import type { Env } from '../env.ts'
import { definePage } from '../pages/definePage.ts'
import { site } from '../pages/siteFile.ts'

// In each language: the page is the same for everybody, and the app shows the reader's.
const answer = z.object({
  texts: z.array(z.object({ lang: z.enum(['zh-CN', 'en']), title: z.string(), html: z.string() })),
})

/** What the site keeps of people, and why. */
export const privacyPage = legalPage('/privacy', 'privacy')
/** What people agree to who use it. */
export const termsPage = legalPage('/terms', 'terms')

/** Reads both, as the pages do. `folder` is that of the content. */
export const checkLegalTexts = (folder: string): Promise<unknown> =>
  Promise.all([readLegalTexts('privacy', { folder, site }), readLegalTexts('terms', { folder, site })])

function legalPage<Path extends string>(path: Path, name: LegalName) {
  let kept: LegalText[] | undefined
  return definePage({
    path,
    answer,
    async load(_params, { env, content }: { env: Pick<Env, 'production'>; content: string }) {
      // A writer sees what they saved.
      if (!kept || !env.production) kept = await readLegalTexts(name, { folder: content, site })
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
