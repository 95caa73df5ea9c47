import { z } from 'zod'
import { picturesContract } from './pictures/contract.ts'
import { sharesContract } from './shares/contract.ts'
import { signupContract, signupSchema } from './signup/contract.ts'

export const articleSummarySchema = z.object({
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  /** A path on this site or an absolute address. */
  cover: z.string(),
  /** Day of publication, `YYYY-MM-DD`. */
  publishedAt: z.string(),
  /** Language of the text, e.g. `zh-CN`. */
  lang: z.string(),
  /** What the card shows in place of title, summary and cover. */
  share: z
    .object({ title: z.string().optional(), desc: z.string().optional(), imgUrl: z.string().optional() })
    .optional(),
})
export type ArticleSummary = z.output<typeof articleSummarySchema>

const neighbourSchema = articleSummarySchema.pick({ slug: true, title: true, lang: true })

export const articleSchema = articleSummarySchema.extend({
  html: z.string(),
  /** Who wrote it. Left out: the Official Account. */
  author: z.string().optional(),
  /** What was published before it, and after it. */
  previous: neighbourSchema.optional(),
  next: neighbourSchema.optional(),
  /** What people are asked who sign up; without it nobody can. */
  signup: signupSchema.optional(),
})
export type Article = z.output<typeof articleSchema>

const contentProblemSchema = z.object({
  /** From the folder of the project, e.g. `content/articles/tea.md`. */
  file: z.string(),
  /** Counted from 1. */
  line: z.number(),
  message: z.string(),
})
/** Something that the writer of a file has to mend. */
export type ContentProblem = z.output<typeof contentProblemSchema>

export const articlesContract = {
  ...signupContract,
  ...sharesContract,
  ...picturesContract,
  /** Development only: which articles are left out, and why. */
  'GET /api/content-problems': { response: z.array(contentProblemSchema) },
}
