import { z } from 'zod'
import { escapeHtml } from 'starter-server/escapeHtml'
import { definePage } from '../pages/definePage.ts'
import { SITE_NAME, SITE_SUMMARY } from '../pages/siteDefaults.ts'

/** The start. A page is defined once: its data, its title and card, and what people read before the app is there. */
export const homePage = definePage({
  path: '/',
  api: '/api/home',
  answer: z.object({ title: z.string(), text: z.string() }),
  load: () => ({ title: SITE_NAME, text: SITE_SUMMARY }),
  head: () => ({}),
  // As HomePage.vue draws it in its place.
  shell: ({ title, text }) =>
    `<section class="home"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></section>`,
})
