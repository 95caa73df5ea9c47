import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import hljs from 'highlight.js/lib/common'
import MarkdownIt from 'markdown-it'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { Problem } from './problem.ts'

export interface ArticleSummary {
  slug: string
  title: string
  summary: string
  /** A path on this site or an absolute address. */
  cover: string
  /** Day of publication, `YYYY-MM-DD`. */
  publishedAt: string
  /** Language of the text, e.g. `zh-CN`. */
  lang: string
  /** What the card shows in place of title, summary and cover. */
  share?: { title?: string | undefined; desc?: string | undefined; imgUrl?: string | undefined } | undefined
}

export interface Article extends ArticleSummary {
  html: string
}

/** The Markdown files of one folder. */
export interface Articles {
  /** Newest first. */
  list(): Promise<ArticleSummary[]>
  find(slug: string): Promise<Article | undefined>
}

export interface ArticlesOptions {
  folder: string
  /** Read the files at every request, so that a writer sees what they saved. */
  reload?: boolean
}

/** The picture of what has none of its own. */
export const DEFAULT_COVER = '/covers/default.jpg'

const frontMatterSchema = z.object({
  title: z.string().min(1),
  summary: z.string().min(1),
  cover: z.string().min(1).default(DEFAULT_COVER),
  publishedAt: z.coerce.date().transform((date) => date.toISOString().slice(0, 10)),
  lang: z.string().default('zh-CN'),
  // Strict, so that a slip like `image` is told and not passed over.
  share: z
    .strictObject({
      title: z.string().min(1).optional(),
      desc: z.string().min(1).optional(),
      imgUrl: z.string().min(1).optional(),
    })
    .optional(),
})

/**
 * Reads and renders the articles.
 *
 * @throws {Error} naming the file and what is wrong with its front matter
 */
export async function openArticles({ folder, reload = false }: ArticlesOptions): Promise<Articles> {
  let known = await readFolder(folder)
  const current = async () => (reload ? (known = await readFolder(folder).catch(tellTheWriter)) : known)
  return {
    async list() {
      return [...(await current()).values()].map(({ html: _, ...summary }) => summary)
    },
    async find(slug) {
      return (await current()).get(slug)
    },
  }
}

// In development a slip in a file is told where the writer looks: on the page.
function tellTheWriter(error: unknown): never {
  const detail = error instanceof Error ? error.message : String(error)
  throw new Problem({ status: 500, code: 'article_invalid', title: 'An article can not be read', detail })
}

async function readFolder(folder: string): Promise<Map<string, Article>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'))
  const articles = await Promise.all(
    names.map(async (name) => readArticle(name, await readFile(join(folder, name), 'utf8'))),
  )
  articles.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt) || a.slug.localeCompare(b.slug))
  return new Map(articles.map((article) => [article.slug, article]))
}

/** Turns one file into an article; `name` is the file's name, which becomes the slug. */
export function readArticle(name: string, text: string): Article {
  const slug = name.replace(/\.md$/, '')
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new Error(
      `content/articles/${name}: use lower-case letters, digits and - for the name; it becomes the address.`,
    )
  }
  const match = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(text)
  if (!match)
    throw new Error(`content/articles/${name}: start the file with front matter between two lines of ---`)
  const frontMatter = frontMatterSchema.safeParse(parseYaml(match[1] ?? '') ?? {})
  if (!frontMatter.success) {
    throw new Error(`content/articles/${name}: ${z.prettifyError(frontMatter.error).replaceAll('\n', ' ')}`)
  }
  return { slug, ...frontMatter.data, html: markdown.render(match[2] ?? '') }
}

const markdown = new MarkdownIt({
  linkify: true,
  highlight(code, language) {
    return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''
  },
})

// What is wider than a phone scrolls by itself, and a keyboard has to get at it.
const { fence, image } = markdown.renderer.rules
markdown.renderer.rules.fence = (...args) => fence?.(...args).replace('<pre', '<pre tabindex="0"') ?? ''
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>'
markdown.renderer.rules.table_close = () => '</table></div>'

// A picture in the text loads when it is near; its frame has a fixed ratio (article.css), so that nothing jumps.
markdown.renderer.rules.image = (tokens, index, ...rest) => {
  tokens[index]?.attrPush(['loading', 'lazy'])
  return image?.(tokens, index, ...rest) ?? ''
}
