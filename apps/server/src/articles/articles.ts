import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import { articleSummarySchema, type Article, type ArticleSummary, type ContentProblem } from './contract.ts'
import { ContentError, readFrontMatter } from './frontMatter.ts'
import { createMarkdown } from 'starter-server/markdown'
import { Problem } from 'starter-server/problem'

/** The Markdown files of one folder. */
export interface Articles {
  /** Newest first. */
  list(): Promise<ArticleSummary[]>
  find(slug: string): Promise<Article | undefined>
  /** What the writer has to mend; never anything where the files are read once. */
  problems(): Promise<ContentProblem[]>
}

export interface ArticlesOptions {
  folder: string
  /**
   * For writers: read the files at every request, so that they see what they saved, and leave out the ones that can
   * not be read.
   */
  reload?: boolean
  /** With `reload`: hears the problems each time they change. */
  onProblems?: (problems: ContentProblem[]) => void
}

/** An article whose text is not rendered yet. */
type Written = Omit<Article, 'html'> & { body: string }

interface Folder {
  articles: Map<string, () => Promise<Article>>
  list: ArticleSummary[]
  broken: Map<string, ContentError>
}

/** The articles of this site. Where a writer works their problems are logged. */
export function openSiteArticles(
  folder: string,
  env: Pick<Env, 'production'>,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<Articles> {
  return openArticles({
    folder,
    reload: !env.production,
    onProblems(problems) {
      if (problems.length === 0) log.info('every article can be read again')
      for (const { file, line, message } of problems) log.warn(`${file}:${line}: ${message}`)
    },
  })
}

/**
 * Reads the articles. What is wrong in one shows at once; its text is rendered when somebody first asks for it, so that a site with
 * many starts as fast as one with few.
 *
 * @throws {ContentError} naming each file that is wrong, its line and its field
 */
export async function openArticles(options: ArticlesOptions): Promise<Articles> {
  const { folder, reload = false, onProblems } = options
  let told = ''
  const first = await read()
  if (!reload && first.broken.size > 0) throw new ContentError(problemsOf(first))
  const current = async () => (reload ? read() : first)
  return {
    list: async () => (await current()).list,
    async find(slug) {
      const { articles, broken } = await current()
      if (broken.has(slug)) throw invalid(slug)
      return articles.get(slug)?.()
    },
    async problems() {
      return problemsOf(await current())
    },
  }

  async function read(): Promise<Folder> {
    const now = await readFolder(folder)
    const problems = problemsOf(now)
    const text = JSON.stringify(problems)
    if (text !== told && (told || problems.length > 0)) onProblems?.(problems)
    told = text
    return now
  }
}

const problemsOf = ({ broken }: Folder): ContentProblem[] =>
  [...broken.values()].flatMap((error) => error.problems)

// In development the list and the terminal say what is wrong. Not this page: strangers may see it through a tunnel.
function invalid(slug: string): Problem {
  return new Problem({
    status: 500,
    code: 'article_invalid',
    title: 'An article cannot be read',
    detail: `The file of ${slug} has a mistake. The terminal and the list of articles say which.`,
  })
}

async function readFolder(folder: string): Promise<Folder> {
  const articles: Written[] = []
  const broken = new Map<string, ContentError>()
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.md')).sort()) {
    try {
      articles.push(readWritten(name, await readFile(join(folder, name), 'utf8')))
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      broken.set(slugOf(name), error)
    }
  }
  articles.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt) || a.slug.localeCompare(b.slug))
  const linked = articles.map((article, at) => withNeighbours(article, articles[at + 1], articles[at - 1]))
  const list = linked.map((article) => articleSummarySchema.parse(article))
  Object.freeze(list)
  return { articles: new Map(linked.map((article) => [article.slug, renderedOnce(article)])), list, broken }
}

// What is frozen has its page made once (pages/definePage.ts).
function renderedOnce(written: Written): () => Promise<Article> {
  let article: Promise<Article> | undefined
  return () => (article ??= rendered(written).then((one) => Object.freeze(one)))
}

async function rendered({ body, ...fields }: Written): Promise<Article> {
  markdown ??= loadMarkdown()
  return { ...fields, html: (await markdown).render(body) }
}

/** With what was published before it and after it. */
function withNeighbours(article: Written, previous: Written | undefined, next: Written | undefined): Written {
  const linkTo = ({ slug, title, lang }: Written) => ({ slug, title, lang })
  return {
    ...article,
    ...(previous ? { previous: linkTo(previous) } : {}),
    ...(next ? { next: linkTo(next) } : {}),
  }
}

/**
 * Turns one file into an article; `name` is the file's name, which becomes the slug.
 *
 * @throws {ContentError} with everything that is wrong in it
 */
export const readArticle = async (name: string, text: string): Promise<Article> =>
  rendered(readWritten(name, text))

function readWritten(name: string, text: string): Written {
  const file = `content/articles/${name}`
  const slug = slugOf(name)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const message = 'the name, which becomes the address, is made of lower-case letters, digits and -'
    throw new ContentError([{ file, line: 1, message }])
  }
  const { fields, body } = readFrontMatter(file, text)
  return { slug, ...fields, body }
}

const slugOf = (name: string): string => name.replace(/\.md$/, '')

let markdown: ReturnType<typeof loadMarkdown> | undefined

// With the first article: a server whose first page is another one starts without the languages of all code.
async function loadMarkdown() {
  const { default: hljs } = await import('highlight.js/lib/common')
  return createMarkdown({
    highlight(code, language) {
      return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''
    },
  })
}
