import { z } from 'zod'
import { definePage } from '../pages/definePage.ts'
import type { Articles } from './articles.ts'
import { articleSchema, articleSummarySchema } from './contract.ts'
import { articleShell, listShell } from './shell.ts'

/** The start: all articles, newest first. */
export const listPage = definePage({
  path: '/',
  api: '/api/articles',
  answer: z.array(articleSummarySchema),
  load: (_params, { articles }: { articles: Articles }) => articles.list(),
  head: () => ({}),
  picture: ([first]) => first?.cover,
  shell: listShell,
})

export const articlePage = definePage({
  path: '/articles/:slug',
  answer: articleSchema,
  missing: 'article_not_found',
  load: ({ slug }, { articles }: { articles: Articles }) => articles.find(slug),
  head: ({ title, summary, cover, lang, share }) => ({
    title,
    description: summary,
    image: cover,
    type: 'article',
    lang,
    card: share,
  }),
  picture: ({ cover }) => cover,
  shell: articleShell,
  // The text stands in the page once, where people read it.
  fromShell: { html: '.prose' },
  sitemap: async ({ articles }) => (await articles.list()).map(({ slug }) => ({ slug })),
})
